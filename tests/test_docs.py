"""The documentation says what is so: generated parts are up to date, everything public is described, links lead somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from docs.build import DICTIONARY, README, demo_warehouse, dictionary, readme
from pipelines.cli import app
from pipelines.extraction.lexicon import settings
from pipelines.readers.registry import FORMATS
from pipelines.schemas import TABLES
from pipelines.settings import PROJECT, current_settings
from pipelines.warehouse.views import views
from tests.seed_warehouse import seed_warehouse_file

PAGES = sorted(
    path
    for path in PROJECT.rglob("*.md")
    if not set(path.relative_to(PROJECT).parts) & {".venv", "var", "seeds", "tests", "build", "node_modules"}
)
DECISIONS = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))


def words_of(path: Path) -> str:
    return path.read_text("utf-8")


def anchors_of(path: Path) -> set[str]:
    """Return the anchors of a page's headings as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", words_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


class TestGenerated:
    def test_data_dictionary_is_up_to_date(self) -> None:
        assert words_of(DICTIONARY) == dictionary(), "run `make docs`"

    def test_transcripts_are_what_the_command_line_answers(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        seed, _ = seed_warehouse_file(tmp_path_factory)
        demo = demo_warehouse(tmp_path_factory.mktemp("demo"))
        assert words_of(README) == readme(words_of(README), seed, demo), "run `make docs`"

    def test_each_transcript_answers(self) -> None:
        answers = re.findall(r"^\$ chancery query .*?^(\d+) rows?$", words_of(README), re.MULTILINE | re.DOTALL)
        assert len(answers) == 8
        assert all(int(rows) > 0 for rows in answers)


class TestComplete:
    @pytest.mark.parametrize("address", [table.address for table in TABLES.values()] + [view.address for view in views()])
    def test_dictionary_has_every_table_and_view(self, address: str) -> None:
        assert f"\n### {address}\n" in words_of(DICTIONARY)

    def test_readme_names_every_view_but_helpers(self) -> None:
        named = set(re.findall(r"^\| \[((?:trade|engagement)\.\w+)\]", words_of(README), re.MULTILINE))
        helpers = {"engagement.as_of", "engagement.sources", "engagement.happenings"}
        assert named == {view.address for view in views()} - helpers

    def test_readme_has_every_command(self) -> None:
        commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
        assert set(re.findall(r"^\| `chancery (\w+)", words_of(README), re.MULTILINE)) == commands

    def test_readme_has_every_option_that_is_there(self) -> None:
        command = typer.main.get_command(app)
        known = {name for each in command.commands.values() for parameter in each.params for name in parameter.opts}  # type: ignore[attr-defined]
        assert set(re.findall(r"--[a-z]+", words_of(README))) <= known

    def test_readme_has_every_setting(self) -> None:
        names = set(current_settings({"CHANCERY_LEXICON": "x"}).environment())
        assert set(re.findall(r"^\| `([A-Z_]+)` \|", words_of(README), re.MULTILINE)) == names

    @pytest.mark.parametrize("name", [form.name for form in FORMATS])
    def test_readme_has_every_format(self, name: str) -> None:
        called = {
            "text": "plain text",
            "mhtml": "HTML",
            "docx": "Word",
            "mailbox": "mail",
            "gzip": ".gz",
            "zstandard": ".zst",
            "zip": ".zip",
        }
        assert called.get(name, name).lower() in words_of(README).lower()

    @pytest.mark.parametrize(
        "codes",
        [
            "engagement_types",
            "engagement_statuses",
            "agreement_types",
            "agreement_statuses",
            "flows",
            "claim_types",
            "qualifiers",
            "precisions",
        ],
    )
    def test_glossary_has_every_code(self, codes: str) -> None:
        glossary = words_of(PROJECT / "docs" / "glossary.md")
        assert [code for code in settings("codes")[codes] if f"`{code}`" not in glossary] == []

    def test_every_make_target_named_is_there(self) -> None:
        targets = set(re.findall(r"^(\w+):", words_of(PROJECT / "Makefile"), re.MULTILINE))
        named = {name for page in PAGES for name in re.findall(r"`?make ([a-z]+)`", words_of(page))}
        assert named <= targets


class TestTrue:
    @pages
    def test_links_lead_somewhere(self, page: Path) -> None:
        broken = []
        for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", words_of(page), flags=re.DOTALL)):
            if link.startswith(("http://", "https://", "mailto:")):
                continue
            name, _, anchor = link.partition("#")
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and anchor not in anchors_of(target)):
                broken.append(link)
        assert broken == []

    def test_python_in_the_readme_prints_what_it_says(self) -> None:
        (code,) = re.findall(r"```python\n(.*?)```", words_of(README), re.DOTALL)
        expected = [comment.strip() for comment in re.findall(r"print\(.*\)  # (.*)", code)]
        done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
        assert expected
        assert done.stdout.split("\n")[:-1] == expected

    def test_the_lexicon_example_has_the_columns_of_its_table(self) -> None:
        (example,) = re.findall(r"```csv\n(.*?)\n", words_of(README))
        assert example == words_of(PROJECT / "pipelines/extraction/lexicon/country_aliases.csv").splitlines()[0]

    @pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
    def test_decisions_are_numbered_and_short(self, path: Path) -> None:
        lines = words_of(path).splitlines()
        assert lines[0].startswith(f"# {DECISIONS.index(path) + 1}. ")
        assert path.name.startswith(f"{DECISIONS.index(path) + 1:04}-")
        assert len([line for line in lines if line]) <= 16
