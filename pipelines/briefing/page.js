// Filter by country. Without it the page shows everything and hides the control.
(function () {
  "use strict";
  var control = document.getElementById("filter");
  var select = document.getElementById("country");
  var told = document.getElementById("told");
  if (!control || !select) return;
  control.hidden = false;
  var lines = Array.prototype.slice.call(document.querySelectorAll("[data-p]"));
  var lists = Array.prototype.slice.call(document.querySelectorAll("[data-list]"));

  function show(code) {
    var shown = 0;
    lines.forEach(function (line) {
      var fits = !code || line.getAttribute("data-p").split(" ").indexOf(code) >= 0;
      line.hidden = !fits;
      if (fits) shown += 1;
    });
    lists.forEach(function (list) {
      var left = list.querySelector("[data-p]:not([hidden])");
      list.classList.toggle("is-filtered-out", Boolean(code) && !left);
    });
    document.body.classList.toggle("is-filtered", Boolean(code));
    var name = select.options[select.selectedIndex].text;
    told.textContent = code ? shown + (shown === 1 ? " line" : " lines") + " on " + name : "";
  }

  function fromAddress() {
    var match = /^#country=([A-Za-z0-9_]+)$/.exec(window.location.hash);
    if (!match) return;
    select.value = match[1];
    if (select.value !== match[1]) select.value = "";
    show(select.value);
  }

  select.addEventListener("change", function () {
    show(select.value);
    try {
      history.replaceState(null, "", select.value ? "#country=" + select.value : "#");
    } catch (error) {
      /* some viewers forbid it; the filter works all the same */
    }
  });
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
