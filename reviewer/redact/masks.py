"""What stands in place of a datum: rules of masking as data, the office's own first (GB/T 37964: mask, suppress)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Action, Finding

WITHHELD, WITHHELD_TRADITIONAL = "【依法不予公开】", "【依法不予公開】"
STARS = "****"
_LEAST_HIDDEN = 4
_SURNAMES_OF_TWO = re.compile(
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|宇文|长孙|端木|轩辕|歐陽|司馬|諸葛|東方|尉遲|公孫|長孫|軒轅"
)
_PLACE = re.compile(r"(?:村|社区|屯|寨|组)$")
_TOWNSHIP = re.compile(r"^.*?(?:街道(?:办事处)?|[乡镇鄉鎮])(?=.)", re.DOTALL)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BETWEEN = re.compile(r"[\s\-－—·.]")


class How(StrEnum):
    """What becomes of a datum; `KEEP` is a person's word, never the machine's; `BURN` is for what a picture says."""

    MASK = "mask"
    GENERALISE = "generalise"
    NAME = "name"
    REPLACE = "replace"
    REMOVE = "remove"
    EMPTY = "empty"
    DELETE = "delete_column"
    BURN = "burn"
    KEEP = "keep"
    PERSON = "person"


COLUMNS = frozenset({How.EMPTY, How.DELETE})  # what becomes of a whole column


class To(StrEnum):
    """What is generalised to what."""

    TOWNSHIP = "township"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskRule:
    """One entry of masks.toml."""

    types: frozenset[str]
    scenarios: frozenset[str]
    how: How
    keep: tuple[int, int] = (0, 0)
    stars: int = len(STARS)
    to: To = To.YEAR
    text: str = WITHHELD

    def fits(self, kind: str, scenario: str) -> bool:
        return (not self.types or kind in self.types) and (not self.scenarios or scenario in self.scenarios)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masking:
    """All rules in force, for how many people a mask must leave room, and what becomes of a column that must go."""

    rules: tuple[MaskRule, ...]
    least: int = 1000
    columns: How = How.EMPTY

    def rule(self, finding: Finding, scenario: str) -> MaskRule:
        """The rule for a finding. What must be removed is never merely masked, unless the office says so."""
        own = next((r for r in self.rules if r.fits(finding.type, scenario)), None)
        if finding.action is Action.REMOVE and (own is None or own in shipped_rules()):
            return _PASSAGE
        return own or _WHOLE


_PASSAGE = MaskRule(types=frozenset(), scenarios=frozenset(), how=How.REPLACE)
_WHOLE = MaskRule(types=frozenset(), scenarios=frozenset(), how=How.MASK)


@cache
def shipped_rules() -> tuple[MaskRule, ...]:
    content = tomllib.loads((files("reviewer.redact") / "masks.toml").read_text("utf-8"))
    return rules_of(Table(content, "masks.toml"))


def masking(own: Table | None = None) -> Masking:
    """The office's rules before the shipped ones. Raises ConfigurationError naming the key."""
    if own is None:
        return Masking(rules=shipped_rules())
    least = own.integer("mask_least", 1000)
    if least < 1:
        raise own.error(tr("mask_least：应为正整数", "mask_least: must be positive"))
    columns = own.choice("mask_columns", How, How.EMPTY)
    if columns not in COLUMNS:
        raise own.error(tr("mask_columns：应为 empty 或 delete_column", "mask_columns: empty or delete_column"))
    return Masking(rules=(*rules_of(own), *shipped_rules()), least=least, columns=columns)


def rules_of(table: Table) -> tuple[MaskRule, ...]:
    rules = tuple(_rule(Table(item, f"{table.where} mask")) for item in table.items("mask", ()))
    table.finish()
    return rules


def _rule(table: Table) -> MaskRule:
    how = table.choice("how", How)
    if how in (How.KEEP, How.PERSON, How.BURN, *COLUMNS):
        raise table.error(tr(f"how：{how} 只能写在某一份的计划里", f"how: {how} belongs into the plan of one draft"))
    keep = table.items("keep", (0, 0))
    if len(keep) != 2 or not all(isinstance(n, int) and n >= 0 for n in keep):
        raise table.error(tr("keep：应为两个不小于 0 的整数", "keep: must be two whole numbers"))
    rule = MaskRule(
        types=frozenset(table.strings("types", ())),
        scenarios=frozenset(table.strings("scenarios", ())),
        how=how,
        keep=(int(str(keep[0])), int(str(keep[1]))),
        stars=table.integer("stars", len(STARS)),
        to=table.choice("to", To, To.YEAR),
        text=table.text("text", WITHHELD),
    )
    table.finish()
    return rule


def mask(rule: MaskRule, text: str, kind: str, names: Mapping[str, str], basis: Sequence[str] = ()) -> str:
    """The replacement of one datum; `names` holds the words for the persons of this package (see `named`)."""
    match rule.how:
        case How.REMOVE | How.EMPTY | How.DELETE | How.BURN:
            return ""
        case How.REPLACE:
            return rule.text.replace("{basis}", basis[0] if basis else "")
        case How.NAME:
            return names.get(text) or _name(text)
        case How.GENERALISE:
            return _generalised(rule.to, text) or STARS
        case _:
            return _address_of(text, rule) if kind == "email" and "@" in text else _starred(rule, text)


def named(persons: Sequence[str]) -> Mapping[str, str]:
    """张某 for a person; 张某1, 张某2 where several of one package would be called alike, in the order of the text."""
    by_form: dict[str, list[str]] = {}
    for person in dict.fromkeys(persons):
        by_form.setdefault(_name(person), []).append(person)
    return {
        person: form if len(alike) == 1 or not form.endswith("某") else f"{form}{number}"
        for form, alike in by_form.items()
        for number, person in enumerate(alike, 1)
    }


def room(text: str, masked: str) -> float:
    """For how many values a masked number leaves room: ten for each digit that is hidden, one check digit aside."""
    hidden = sum(c.isalnum() for c in text) - sum(c.isalnum() for c in masked)
    return 10.0 ** max(0, hidden)


def _starred(rule: MaskRule, text: str) -> str:
    bare = _BETWEEN.sub("", text)
    head, tail = rule.keep
    if len(bare) - head - tail < _LEAST_HIDDEN:
        head = tail = 0
    return bare[:head] + "*" * rule.stars + (bare[-tail:] if tail else "")


def _address_of(text: str, rule: MaskRule) -> str:
    return text[: rule.keep[0]] + "***" + text[text.index("@") :]


def _name(text: str) -> str:
    bare = text.strip()
    if _PLACE.search(bare):
        return "某" + bare[-1:]
    if len(bare) > 6 or not bare:
        return STARS
    return (bare[:2] if _SURNAMES_OF_TWO.match(bare) and len(bare) > 2 else bare[:1]) + "某"


def _generalised(to: To, text: str) -> str:
    if to is To.YEAR:
        found = _YEAR.search(text)
        return f"{found[0]}年" if found else ""
    kept = _TOWNSHIP.match(text)
    return kept[0] if kept else ""
