"""The last look at every reading, of whatever format: is what was read the text that was written?"""

from __future__ import annotations

from reviewer.extract.scribe import Extracted
from reviewer.extract.turned import OVERRIDE, as_seen
from reviewer.text.suspicion import is_escaped, is_lost, strange

_NUMBERED_GLYPH = "(cid:"  # what programs write for a glyph of a PDF that has no character


def checked(extracted: Extracted, *, exact: bool) -> Extracted:
    """The reading, with what is illegible in it told, and what was garbled mended beside it.

    `exact`: the text is the file's own, character for character, and must stay so.
    """
    if OVERRIDE in extracted.text:
        extracted = as_seen(extracted)
    text = extracted.text
    odd = strange(text)
    if not (odd or is_escaped(text) or is_lost(text) or _NUMBERED_GLYPH in text):
        return extracted
    from reviewer.extract.garbled import mended
    from reviewer.extract.illegible import illegible
    from reviewer.extract.radicals import without_radicals

    plain = without_radicals(extracted, odd, exact=exact)
    return illegible(mended(plain), odd)
