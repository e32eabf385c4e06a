"""Makes the files of ``made_files`` known to these tests however they are started."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
