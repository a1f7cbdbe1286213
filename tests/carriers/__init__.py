"""Carriers: files that hold one resident id number in one place each, for every format and every concealment.

This folder mirrors no part of the program. It holds the program as a whole to one promise: what was planted is found
at its place or declared unread, never lost in silence. `python -m tests.carriers FOLDER` writes the files out, to try
them on other tools.
"""

from __future__ import annotations

import sys
from pathlib import Path

# The builders of the readers' tests; pytest puts that folder on the path only when it collects from there.
sys.path.append(str(Path(__file__).parents[1] / "extract"))
