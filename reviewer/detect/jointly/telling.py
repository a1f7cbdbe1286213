"""One thing of which a document tells a part."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """`names`: by any of them the thing is known again elsewhere. `parts`: what is told, and what other documents must
    not contradict ("" where nothing can). `aggregation` is an id of kinds.toml, `place` where it stands."""

    aggregation: str
    names: tuple[str, ...]
    parts: Mapping[str, str]
    place: str
