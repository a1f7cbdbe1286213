"""A second opinion: where the linear scorers do not hold a sentence for harmless, the network is heard as well.

Most sentences of most documents are plainly harmless; they cost nothing. The network is read from its files when it is
first asked, and refused when they were altered.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from reviewer.detect.network import Network, load_network
from reviewer.strict import Table
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """How much the scorers' log odds (`own`) and the network's (`says`) count, from the probability `least` on."""

    network: Callable[[], Network]
    own: float
    says: float
    offset: float
    least: float

    def heard(self, odds: Sequence[float], sentences: Sequence[str]) -> list[float]:
        """The log odds of one document's sentences, in order, with the network's say. Raises ConfigurationError."""
        least = math.log(self.least / (1 - self.least))
        asked = [at for at, one in enumerate(odds) if one >= least]
        made = list(odds)
        if asked:
            for at, told in zip(asked, self.network().says(sentences, asked), strict=True):
                made[at] = self.own * odds[at] + self.says * told + self.offset
        return made


def opinion_of(entry: Table, folder: Path, name: str) -> Opinion:
    """As a manifest describes it; `name`: of the network's files in `folder`."""
    return Opinion(
        network=partial(_network, folder, name, entry.string("sha256")),
        own=entry.number("own"),
        says=entry.number("says"),
        offset=entry.number("offset"),
        least=entry.number("least"),
    )


@cache
def _network(folder: Path, name: str, sha256: str) -> Network:
    return load_network(folder, name, sha256)
