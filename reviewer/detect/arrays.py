"""Whether a text is reckoned by numpy: the same numbers, many at once.

Loading numpy takes longer than the gate may. It pays for a long text, and once many have been judged for every one but
the shortest. It is not there on every machine (LoongArch), and not needed.
"""

from __future__ import annotations

from functools import cache

_MANY = 100_000  # characters of all texts from which on it pays to load numpy
_judged = 0


def pays(size: int, *, few: int) -> bool:
    """Whether numpy is there and pays for a text of so many characters, after all those that were asked for before.

    `few`: so many are reckoned faster one by one.
    """
    global _judged
    _judged += size
    return size > few and _judged >= _MANY and is_there()


@cache
def is_there() -> bool:
    """Whether numpy is installed."""
    from importlib.util import find_spec  # would cost the gate milliseconds

    return find_spec("numpy") is not None
