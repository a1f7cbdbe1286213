"""Make the sample drafts: `python samples/make.py [OUT] [--font FONT]`.

Every folder is an expected verdict. The drafts are described in the hidden folder beside this file; here
stands only which folder is made from which table. Making them twice gives the same bytes, on any machine:
nothing is compressed, no clock is read, no person is named. PDFs need a font to embed; without one the PDFs
that are there stay as they are. They were made with WenQuanYi Micro Hei (Apache-2.0).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / ".source"))

from drafts import block, clear, redact, refer  # noqa: E402  (they live in the hidden folder)

FOLDERS = {"clear": clear, "redact": redact, "refer": refer, "block": block}


def make(out: Path, font: Path | None) -> int:
    """Write every draft below `out` and say how many there are; PDFs and pictures only with a font."""
    made = 0
    for folder, table in FOLDERS.items():
        target = out / folder
        target.mkdir(parents=True, exist_ok=True)
        drawn = table.papers(font) if font else {}  # first: the pictures that documents embed are drawn here
        written = {**drawn, **{name: build() for name, build in table.DRAFTS.items()}}
        for name, content in written.items():
            (target / name).parent.mkdir(exist_ok=True)  # a package has a folder of its own
            (target / name).write_bytes(content)
        made += len(written)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", nargs="?", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("--font", type=Path, help="TrueType font with Chinese glyphs, to make the PDFs anew")
    arguments = parser.parse_args()
    made = make(arguments.out, arguments.font)
    print(f"{made} drafts written to {arguments.out.name or arguments.out}")
    if arguments.font is None:
        print("PDF drafts were left as they are: to make them anew, give --font with a TrueType font")


if __name__ == "__main__":
    main()
