"""Documents that are harmless one by one and together are not (汇聚): what each tells in part, joined by keyed digests.

Two documents are linked when they tell different parts of the same things and contradict each other in none: of at
least as many things as the kind asks, and of a share of what the smaller one tells, so that namesakes in long lists
link nothing. Documents that are linked and tell a whole together are a group; one that tells the whole alone is the
business of the rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from reviewer.audit.store import Store
from reviewer.detect.jointly.kinds import Aggregation, aggregations

_SHARE = 0.3
_COMMONPLACE = 50  # in more documents than this a name says nothing, and pairs would be too many

_Told = dict[str, str]  # part → value
_Things = dict[str, dict[int, _Told]]  # thing → document → what it tells of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one document of a group gives: of how many of its things which part, and where first."""

    path: str
    parts: Mapping[str, int]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Documents to be looked at together: of `things` things they tell a whole that none of them tells alone."""

    aggregation: Aggregation
    things: int
    shares: tuple[Share, ...]


def together(store: Store, since: int) -> Iterator[Together]:
    """Groups by kind, the most things first. A file of the same bytes counts once."""
    for kind in aggregations():
        rows = store.results.execute(_ROWS, {"since": since, "kind": kind.id}).fetchall()
        things, places = _things(rows), {}
        for file, _, _, _, _, place in reversed(rows):
            places[file] = place
        found = [(of, files) for files in _groups(kind, things) if (of := _wholes(kind, things, files))]
        for of, files in sorted(found, key=lambda group: (-len(group[0]), sorted(group[1]))):
            if len(of) >= kind.things:
                shares = (_share(store, things, of, file, places[file]) for file in sorted(files))
                yield Together(aggregation=kind, things=len(of), shares=tuple(one for one in shares if one.parts))


_ROWS = """SELECT part.file, number, key, part, value, place FROM part JOIN document USING (file) JOIN file ON id = file
    WHERE run >= :since AND aggregation = :kind AND part.file = (SELECT MIN(id) FROM document AS same JOIN file
    ON id = same.file WHERE same.sha256 = document.sha256 AND run >= :since)
    ORDER BY part.file, number, key, part"""


def _things(rows: Iterable[tuple[int, int, str, str, str, str]]) -> _Things:
    """By thing. Names that stand in one row are one thing's, unless one of them has other names elsewhere."""
    rows = list(rows)
    beside: dict[str, set[str]] = defaultdict(set)
    named: dict[tuple[int, int], set[str]] = defaultdict(set)
    for file, number, key, *_ in rows:
        named[file, number].add(key)
    for keys in named.values():
        for key in keys:
            beside[key] |= keys - {key}
    things: _Things = {}
    for file, _, key, part, value, _ in rows:
        others = beside[key]
        single = len(others) == 1 and all(beside[other] == {key} for other in others)
        thing = min(key, *others) if single else key
        told = things.setdefault(thing, {}).setdefault(file, {})
        told[part] = value if told.get(part, value) == value else "?"  # two of the same name in one list
    return things


def _groups(kind: Aggregation, things: _Things) -> Iterator[frozenset[int]]:
    """Linked documents, each in one group."""
    told = Counter(file for files in things.values() for file in files)
    links: Counter[tuple[int, int]] = Counter()
    for files in things.values():
        if len(files) <= _COMMONPLACE:
            links.update(pair for pair in combinations(sorted(files), 2) if _adds(files[pair[0]], files[pair[1]]))
    group: dict[int, set[int]] = {}
    for (one, other), count in sorted(links.items()):
        if count >= max(kind.things, _SHARE * min(told[one], told[other])):
            joined = group.get(one, {one}) | group.get(other, {other})
            group.update(dict.fromkeys(joined, joined))
    yield from {frozenset(files) for files in group.values()}


def _adds(one: _Told, other: _Told) -> bool:
    """Whether each tells what the other does not, and nothing that both tell is told differently."""
    if one.keys() <= other.keys() or other.keys() <= one.keys():
        return False
    return all(one[part] == other[part] != "?" for part in one.keys() & other.keys())


def _wholes(kind: Aggregation, things: _Things, files: frozenset[int]) -> list[str]:
    """The things of which the documents tell the whole, and none of them alone."""
    return [
        thing
        for thing, told in things.items()
        if kind.whole(frozenset(part for file in files & told.keys() for part in told[file]))
        and not any(kind.whole(frozenset(told[file])) for file in told)
    ]


def _share(store: Store, things: _Things, of: list[str], file: int, place: str) -> Share:
    row = store.results.execute("SELECT source, path FROM file WHERE id = ?", (file,)).fetchone()
    parts = Counter(part for thing in of for part in things[thing].get(file, ()))
    return Share(path=store.shown(*row), parts=dict(sorted(parts.items())), place=place)
