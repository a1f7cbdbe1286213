"""What is asked of worker processes beyond reports, and what one document may cost them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """`key`: the audit's own, with which traits are made; empty when none are wanted.

    `seconds` for one document from the moment it is given out (0: no limit), `memory_bytes` of address space for a
    worker (0: no limit). The readers' own limits (`extract.limits`) are narrower and act first.
    """

    key: bytes = b""
    seconds: float = 0
    memory_bytes: int = 0


ONLY_REPORTS = Demand()


def bound_memory(size: int) -> None:
    """No more address space than this for the process: what asks for more fails, and only the document in hand.

    Only where the system has such a limit (not on Windows).
    """
    if not size:
        return
    with contextlib.suppress(ImportError, ValueError, OSError):  # a narrower limit stands already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
