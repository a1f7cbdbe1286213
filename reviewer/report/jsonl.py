"""One JSON object a line, one line a document (contract: schema reviewer.report/1)."""

from __future__ import annotations

import json
from typing import TextIO

from reviewer.report.form import Report


class Writer:
    """Writes each report as it comes."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def add(self, report: Report) -> None:
        self._out.write(json.dumps(report.json(), ensure_ascii=False) + "\n")
        self._out.flush()

    def close(self) -> None:
        """Nothing stands at the end."""
