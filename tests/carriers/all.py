"""All carriers, format by format."""

from __future__ import annotations

from . import fixed, images, letters, old, packed, pages, records, sheets, slides, tables, texts, web, word
from .carrier import Carrier

CARRIERS: tuple[Carrier, ...] = (
    *word.CARRIERS,
    *sheets.CARRIERS,
    *tables.CARRIERS,
    *slides.CARRIERS,
    *pages.CARRIERS,
    *web.CARRIERS,
    *texts.CARRIERS,
    *packed.CARRIERS,
    *fixed.CARRIERS,
    *letters.CARRIERS,
    *records.CARRIERS,
    *images.CARRIERS,
    *old.CARRIERS,
)
