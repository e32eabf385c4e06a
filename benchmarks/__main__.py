"""Every benchmark in turn: the engine, the readers, the whole refresh, the views."""

import runpy

for name in ("engine", "readers", "refresh", "views"):
    print(f"\n{name}", flush=True)
    runpy.run_module(f"benchmarks.{name}", run_name="__main__")
