"""The certificate: a random sample of the pile called clear, read by people, and what that proves of the rest."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from reviewer.audit.bound import upper_bound
from reviewer.audit.database import transaction
from reviewer.audit.store import Store
from reviewer.audit.summary import summary
from reviewer.errors import NotAllowedError, NothingReadError, UsageError
from reviewer.language import tr

_LARGEST = 5000  # nobody reads more; the exact arithmetic grows with the square


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A sample: `size` documents out of a `population` called clear, by a `seed` that anybody may check.

    `pile` is the digest of all documents of the population: another pile, another draw.
    """

    id: int
    at: str
    seed: str
    size: int
    population: int
    pile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One document of a sample; `leaks` is what a person found in it, None before that."""

    place: int
    file: int
    path: str
    sha256: str
    leaks: bool | None
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a sample that was read to its end proves: at most a share `bound` of the pile are leaks."""

    draw: Draw
    found: int
    readers: tuple[str, ...]
    confidence: Fraction
    bound: Fraction

    @property
    def most(self) -> int:
        """So many documents of the whole pile at most."""
        return int(self.bound * self.draw.population)

    @property
    def percent(self) -> str:
        """The bound, rounded up to a hundredth of a percent."""
        return f"{-(-self.bound * 10000 // 1) / 100:.2f} %"


def latest(store: Store) -> Draw | None:
    row = store.results.execute(
        "SELECT id, at, seed, size, population, pile FROM draw ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    number, at, seed, size, population, pile = row
    return Draw(id=number, at=at, seed=seed, size=size, population=population, pile=pile)


def draw(store: Store, size: int, seed: str, at: str) -> Draw:
    """A new sample without replacement. Raises UsageError for a size that is none, NothingReadError without a pile.

    The same pile and seed give the same sample: who draws cannot choose.
    """
    if not 0 < size <= _LARGEST:
        raise UsageError(tr(f"--size 应为 1 到 {_LARGEST}", f"--size is 1 to {_LARGEST}"))
    told = summary(store)
    if not told.complete:
        raise NotAllowedError(
            tr(
                f"尚未审完（还有 {told.waiting} 份），不能抽样：先重复 reviewer audit run 至审完",
                f"not complete ({told.waiting} wait): no sample yet. Finish `reviewer audit run` first",
            )
        )
    digest, population = pile(store, told.since)
    if not population:
        raise NothingReadError(tr("没有“未发现问题”的文件可抽", "no document was called clear: nothing to draw from"))
    chosen = sorted(random.Random(f"{seed}\x1f{digest}").sample(range(population), min(size, population)))  # noqa: S311
    with transaction(store.results):
        cursor = store.results.execute(
            "INSERT INTO draw (at, seed, size, population, pile) VALUES (?, ?, ?, ?, ?)",
            (at, seed, len(chosen), population, digest),
        )
        number = cursor.lastrowid
        assert number is not None
        wanted = iter(chosen)
        next_wanted, place = next(wanted), 0
        for at_row, (file, sha256) in enumerate(_clear(store, told.since)):
            if at_row == next_wanted:
                place += 1
                store.results.execute(
                    "INSERT INTO drawn (draw, place, file, sha256) VALUES (?, ?, ?, ?)", (number, place, file, sha256)
                )
                next_wanted = next(wanted, -1)
    return Draw(id=number, at=at, seed=seed, size=len(chosen), population=population, pile=digest)


def pile(store: Store, since: int) -> tuple[str, int]:
    """The digest of the pile called clear, and how many documents are in it."""
    found, count = hashlib.sha256(), 0
    for _, sha256 in _clear(store, since):
        found.update(bytes.fromhex(sha256))
        count += 1
    return found.hexdigest(), count


def _clear(store: Store, since: int) -> Iterator[tuple[int, str]]:
    """In the order of their paths, which is that of no reviewer's choice."""
    yield from store.results.execute(
        """SELECT file, sha256 FROM document JOIN file ON id = file
        WHERE run >= ? AND verdict = 'clear' ORDER BY source, path""",
        (since,),
    ).fetchall()


def drawn(store: Store, one: Draw) -> tuple[Drawn, ...]:
    rows = store.results.execute(
        """SELECT place, file, source, path, sha256, leaks, by FROM drawn JOIN file ON id = file
        WHERE draw = ? ORDER BY place""",
        (one.id,),
    ).fetchall()
    return tuple(
        Drawn(
            place=place,
            file=file,
            path=store.shown(source, path),
            sha256=sha256,
            leaks=None if leaks is None else bool(leaks),
            by=by,
        )
        for place, file, source, path, sha256, leaks, by in rows
    )


def answer(store: Store, one: Draw, place: int, *, leaks: bool, by: str, at: str) -> None:
    """A person read the document and found, or did not find, what must not be public. Stored when this returns."""
    with transaction(store.results):
        store.results.execute(
            "UPDATE drawn SET leaks = ?, by = ?, at = ? WHERE draw = ? AND place = ?", (leaks, by, at, one.id, place)
        )


def certified(store: Store, confidence: Fraction) -> Certificate:
    """Raises NotAllowedError when there is no sample, it is not read to its end, or the pile is another now."""
    one = latest(store)
    if one is None:
        raise NotAllowedError(
            tr(
                f"还没有抽样：先运行 reviewer audit sample {store.folder}",
                f"no sample was drawn: first `reviewer audit sample {store.folder}`",
            )
        )
    told = summary(store)
    if not told.complete or pile(store, told.since)[0] != one.pile:
        raise NotAllowedError(
            tr(
                "抽样之后审查结果有变（文件、规则或模型不同了），这份抽样不能再用：重新抽样",
                "the results changed since the sample was drawn (files, rules or model): draw anew",
            )
        )
    read = drawn(store, one)
    left = sum(document.leaks is None for document in read)
    if left:
        raise NotAllowedError(
            tr(
                f"抽出的 {one.size} 份还有 {left} 份没有人读：reviewer audit sample {store.folder} --by 姓名",
                f"{left} of {one.size} are not read yet: `reviewer audit sample {store.folder} --by NAME`",
            )
        )
    found = sum(bool(document.leaks) for document in read)
    return Certificate(
        draw=one,
        found=found,
        readers=tuple(sorted({document.by for document in read if document.by})),
        confidence=confidence,
        bound=upper_bound(found, one.size, confidence),
    )
