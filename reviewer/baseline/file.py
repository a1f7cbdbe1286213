"""The baseline file: JSON, strict, without a word of any document."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.strict import Table
from reviewer.terms import Disposition, Ruling

SCHEMA = "reviewer.baseline/2"
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A ruling, and of which rule and which file it speaks, so that a person can find it again."""

    disposition: Disposition
    rule: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """All entries, in the order of the file. `salt`: hex, drawn for the file, under which its seals are made."""

    entries: tuple[Entry, ...]
    salt: str

    @property
    def dispositions(self) -> Mapping[str, Disposition]:
        return {entry.disposition.fingerprint: entry.disposition for entry in self.entries}


def new_baseline() -> Baseline:
    """An empty one with a salt of its own."""
    return Baseline(entries=(), salt=secrets.token_hex(_SALT_BYTES))


def load_baseline(path: Path) -> Baseline:
    """Raises ConfigurationError naming file, entry and key."""
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(tr(f"{path}：打不开：{cause(error)}", f"{path}: {cause(error)}")) from None
    except ValueError as error:
        raise ConfigurationError(tr(f"{path}：不是合法的 JSON：{error}", f"{path}: not valid JSON: {error}")) from None
    table = Table(content, str(path))
    if table.string("schema") != SCHEMA:
        raise table.error(
            tr(
                f"schema 应为 {SCHEMA}（此前的裁定不绑定原文，须用 reviewer baseline create 重新裁定）",
                f"schema must be {SCHEMA} (earlier rulings were not bound to their words: rule again)",
            )
        )
    salt = table.string("salt")
    if len(salt) != 2 * _SALT_BYTES or set(salt) - set("0123456789abcdef"):
        raise table.error(tr("salt 应为 32 位十六进制数", "salt must be 32 hex digits"))
    items = table.items("entries")
    table.finish()
    entries = tuple(_entry(Table(item, f"{path} #{at}"), salt) for at, item in enumerate(items, 1))
    return Baseline(entries=entries, salt=salt)


def save_baseline(path: Path, baseline: Baseline) -> None:
    """Write atomically: a crash leaves the old file."""
    entries = [
        {
            "fingerprint": entry.disposition.fingerprint,
            "ruling": entry.disposition.ruling.value,
            "seal": entry.disposition.seal,
            "by": entry.disposition.by,
            **({"second": entry.disposition.second} if entry.disposition.second else {}),
            "reason": entry.disposition.reason,
            "until": entry.disposition.until,
            "rule": entry.rule,
            "document": entry.document,
        }
        for entry in baseline.entries
    ]
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(
        json.dumps({"schema": SCHEMA, "salt": baseline.salt, "entries": entries}, ensure_ascii=False, indent=1) + "\n",
        "utf-8",
    )
    temporary.replace(path)


def _entry(table: Table, salt: str) -> Entry:
    until = table.string("until")
    try:
        date.fromisoformat(until)
    except ValueError:
        raise table.error(tr("until 应为日期，如 2027-01-01", "until must be a date such as 2027-01-01")) from None
    entry = Entry(
        disposition=Disposition(
            fingerprint=table.string("fingerprint"),
            seal=table.string("seal"),
            salt=salt,
            second=table.text("second"),
            ruling=table.choice("ruling", Ruling),
            by=table.string("by"),
            reason=table.string("reason"),
            until=until,
        ),
        rule=table.string("rule"),
        document=table.string("document"),
    )
    table.finish()
    return entry
