"""Instants: kept in UTC to the second, shown and counted in China's one time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))  # no daylight saving, so no zone database is needed


def instant(moment: datetime) -> str:
    """The way the ledger writes it: 2026-03-01T01:02:03Z. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_china(moment: datetime | str) -> datetime:
    """The same instant on a Chinese clock."""
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return known.astimezone(CHINA)


def day_of(moment: datetime | str) -> str:
    """The day of an instant on a Chinese calendar: 2026-03-01."""
    return in_china(moment).date().isoformat()


def shown(moment: datetime | str) -> str:
    """What a person reads: 2026-03-01 09:02."""
    return in_china(moment).strftime("%Y-%m-%d %H:%M")
