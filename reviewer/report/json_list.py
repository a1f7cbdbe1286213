"""One JSON list of all documents (the objects are those of jsonl)."""

from __future__ import annotations

import json
from typing import TextIO

from reviewer.report.form import Report


class Writer:
    """Writes the list element by element, so that memory does not grow with the archive."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._before = "["

    def add(self, report: Report) -> None:
        self._out.write(f"{self._before}\n" + json.dumps(report.json(), ensure_ascii=False, indent=1))
        self._before = ","

    def close(self) -> None:
        self._out.write("\n]\n" if self._before == "," else "[]\n")
