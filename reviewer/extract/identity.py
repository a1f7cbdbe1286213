"""What documents are read with, as one digest: the readers, and the components that they find on this machine.

A component that comes later (`pip install 'reviewer[ocr]'`) reads what was a gap before: an audit must know.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from pathlib import Path

from reviewer.extract.archive.tool import bsdtar
from reviewer.extract.limits import recognises_text

_COMPONENTS = (
    *("lxml", "selectolax", "pypdfium2", "pikepdf", "pypdf", "pillow", "zxing-cpp"),
    *("rarfile", "py7zr", "rapidocr", "onnxruntime", "warcio"),
)


def readers_digest() -> str:
    """Of the readers' own code, of the version of each component, and of whether pictures and packed files are read."""
    found = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _COMPONENTS:
        found.update(f"{name} {_version(name)}\0".encode())
    found.update(f"ocr {recognises_text()} tar {bsdtar() is not None}".encode())
    return "sha256:" + found.hexdigest()


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"
