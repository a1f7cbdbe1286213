"""All carriers, format by format."""

from __future__ import annotations

from . import pages, sheets, slides, texts, web, word
from .carrier import Carrier

CARRIERS: tuple[Carrier, ...] = (
    *word.CARRIERS,
    *sheets.CARRIERS,
    *slides.CARRIERS,
    *pages.CARRIERS,
    *web.CARRIERS,
    *texts.CARRIERS,
)
