"""What office programs write into every file of their own accord: versions, checksums, records of an installation.

They are no text of a person. Each is known by its name and by its form: anything else under that name is text.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping

from reviewer.text.lazy import lazy

_FORMS: Mapping[str, str] = {
    "ksoproductbuildver": r"\d{4}-[\d.]{5,24}",
    "icv": r"[0-9A-Fa-f]{32}(?:_\d{1,3})?",
    "kso_wpp_mark_key": r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
}
_FORM_OF = {name: lazy(form) for name, form in _FORMS.items()}
_RECORDS = frozenset({"ksotemplatedocersaverecord", "commondata"})
_IN_A_RECORD = {"hdid": lazy(r"[0-9a-f]{32}"), "userId": lazy(r"\d{0,10}")}
_LONGEST_RECORD = 4096

# Counts that every program keeps of a text; nobody has written a thousand million of anything.
_COUNTS = frozenset(
    {"totaltime", "pages", "words", "characters", "characterswithspaces", "lines", "paragraphs", "slides", "notes"}
    | {"hiddenslides", "mmclips", "bytes"}
)
_COUNT = lazy(r"\d{1,9}")


def is_program_mark(name: str, value: str) -> bool:
    """Whether a property of this name and value says only which program saved the file, or what it counted."""
    key, text = name.casefold(), value.strip()
    if key in _COUNTS:
        return _COUNT.fullmatch(text) is not None
    if key in _RECORDS:
        return _is_record(text)
    form = _FORM_OF.get(key)
    return form is not None and form.fullmatch(text) is not None


def _is_record(text: str) -> bool:
    """WPS keeps the numbers of the computer and of the account, packed as JSON in Base64."""
    if len(text) > _LONGEST_RECORD:
        return False
    try:
        record = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and all(
        key in _IN_A_RECORD and isinstance(value, str) and _IN_A_RECORD[key].fullmatch(value)
        for key, value in record.items()
    )
