"""Writes every carrier into a folder, with a list of what was planted where."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .all import CARRIERS


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for carrier in CARRIERS:
        (folder / carrier.name).write_bytes(carrier.data())
        told = {"file": carrier.name, "number": carrier.number, "state": carrier.state.value}
        lines.append(json.dumps(told | {"telling": carrier.telling, "hidden": carrier.hidden}, ensure_ascii=False))
    (folder / "carriers.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
