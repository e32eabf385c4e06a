"""Every benchmark in turn: the engine, the readers, the whole refresh."""

import runpy
from pathlib import Path

for name in ("engine", "readers", "refresh"):
    print(f"\n{name}")
    runpy.run_path(str(Path(__file__).with_name(f"{name}.py")), run_name="__main__")
