"""Damaged files: a proved copy or a refusal, never another error, and never a word of the document in the message."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from carriers.all import CARRIERS
from redacting import redact

from reviewer.errors import RedactionError

BY_NAME = {carrier.name: carrier for carrier in CARRIERS}
DAMAGED = [name for name in BY_NAME if name.endswith((".docx", ".xlsx", ".pptx", ".ods", ".ofd", ".pdf", ".html"))][
    ::37
]


def bent(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed or cut out; in a zip, those of one member, so that the zip itself stays sound."""
    if not data.startswith(b"PK"):
        return _bent(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice(sorted(members))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, _bent(content, chance) if name == chosen else content)
    return out.getvalue()


def _bent(data: bytes, chance: random.Random) -> bytes:
    bytes_ = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(max(1, len(bytes_)))
        bytes_[at : at + chance.randint(0, 9)] = bytes([chance.randrange(256)])
    return bytes(bytes_)


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_file_is_proved_or_refused(name: str, seed: int) -> None:
    carrier = BY_NAME[name]
    try:
        redact(name, bent(carrier.data(), random.Random(seed)))
    except RedactionError as refusal:
        assert carrier.number not in str(refusal)
