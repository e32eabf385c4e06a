"""Write the scenario's documents as seeds into the folder named on the command line."""

import sys
from pathlib import Path

from tests.scenario import write_seeds

folder = Path(sys.argv[1])
print(f"{write_seeds(folder)} documents written to {folder}")
