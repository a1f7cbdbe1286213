"""What an office's `reviewer.toml` says of its approval chain and of the working days it has entered itself.

chain = "four_nt"                # a shipped chain

[chain]                          # a shipped chain with own limits
preset = "three"
review_days = 3

[chain]                          # or an own one
title = "…"
[[chain.hop]]
role = "reviewer"

[[calendar]]                     # holidays of a year that is not shipped yet
year = 2027
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.policy import signoff_sections
from reviewer.signoff.calendar import Calendar, read_years, shipped_calendar
from reviewer.signoff.chain import Chain
from reviewer.signoff.chain_file import read_chain, vary_chain
from reviewer.signoff.presets import preset
from reviewer.strict import Table

OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The chain that the file names or writes (None: it is silent), and the calendar with the office's years."""

    chain: Chain | None
    calendar: Calendar


def read_office(policy: Path | None) -> Office:
    """Raises ConfigurationError naming file, key and reason."""
    if policy is None:
        return Office(chain=None, calendar=shipped_calendar())
    table = signoff_sections(policy)
    chain = _chain(table) if table.has("chain") else None
    calendar = shipped_calendar().with_years(read_years(table))
    return Office(chain=chain, calendar=calendar)


def _chain(table: Table) -> Chain:
    if table.is_text("chain"):
        return _shipped(table, table.string("chain"))
    written = table.table("chain")
    if written.has("preset"):
        return vary_chain(written, _shipped(written, written.string("preset")))
    return read_chain(written, written.string("name", OWN))


def _shipped(table: Table, name: str) -> Chain:
    try:
        return preset(name)
    except ConfigurationError as error:
        raise table.error(str(error)) from None
