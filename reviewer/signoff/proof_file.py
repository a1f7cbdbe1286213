"""Proofs about the Merkle tree as small JSON files: that entries are in it, and that one tree begins with another.

`reviewer.inclusion/1` shows entries by their headers, with their paths to the root of a checkpoint;
`reviewer.consistency/1` two checkpoints and the path between them. Either is checked with nothing but the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.errors import EvidenceError, UsageError
from reviewer.language import tr
from reviewer.signoff import merkle
from reviewer.signoff.canonical import parse
from reviewer.signoff.checkpoint import Checkpoint, at_hand, leaf, read_checkpoint, tree_of
from reviewer.signoff.codec import decode, encode
from reviewer.signoff.entry import Entry, place
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.proof import Step, broken, judged, notice
from reviewer.signoff.record import Included

INCLUSION = "reviewer.inclusion/1"
CONSISTENCY = "reviewer.consistency/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """That these entries are in the ledger that the checkpoint stands for."""

    schema: str
    checkpoint: str
    entries: tuple[Included, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """That the ledger of `new` begins with that of `old`: nothing before was changed, dropped or put in between."""

    schema: str
    old: str
    new: str
    path: tuple[str, ...]


def prove(ledger: Ledger, genesis_key: str, what: str) -> Inclusion:
    """The proof for one entry by its number, or for all of a case. Raises UsageError where there is none."""
    now = at_hand(ledger, genesis_key)
    found = _entries(ledger, what, now.size)
    if not found:
        raise UsageError(tr(f"台账中没有 {what}。", f"no {what} in the ledger."))
    tree = tree_of(ledger)
    entries = (
        Included(header=one.header, path=_written(merkle.inclusion(tree, one.header.seq - 1, now.size)))
        for one in found
    )
    return Inclusion(schema=INCLUSION, checkpoint=str(now), entries=tuple(entries))


def prove_consistency(ledger: Ledger, genesis_key: str, old: Checkpoint) -> Consistency:
    """The proof that the ledger as it stands begins with what `old` stood for; EvidenceError if it does not."""
    now, tree = at_hand(ledger, genesis_key), tree_of(ledger)
    if old.genesis_key != genesis_key:
        raise EvidenceError(tr("检查点是另一本台账的", "the checkpoint is of another ledger"))
    if old.size > now.size:
        raise EvidenceError(
            tr(
                f"检查点有 {old.size} 条，台账只有 {now.size} 条：末尾被截去",
                f"{now.size} of {old.size}: the end was cut",
            )
        )
    if merkle.root(tree, old.size).hex() != old.root:
        raise EvidenceError(
            tr(f"前 {old.size} 条的根与检查点不符：链被换过", f"another root of the first {old.size}: it was replaced")
        )
    path = _written(merkle.consistency(tree, old.size, now.size))
    return Consistency(schema=CONSISTENCY, old=str(old), new=str(now), path=path)


def write(proof: Inclusion | Consistency) -> str:
    """The file's text."""
    return json.dumps(encode(proof), ensure_ascii=False, indent=1) + "\n"


def check(data: bytes) -> tuple[Step, ...]:
    """What the file proves, step by step."""
    where = tr("证明", "proof")
    try:
        said = parse(data, where)
        schema = said.get("schema") if isinstance(said, dict) else None
        if schema == INCLUSION:
            return tuple(_check_inclusion(decode(Inclusion, said, where)))
        if schema == CONSISTENCY:
            return tuple(_check_consistency(decode(Consistency, said, where)))
        raise EvidenceError(tr(f"{where}：不认识的格式", f"{where}: unknown format"))
    except EvidenceError as error:
        return (broken(tr("格式", "format"), str(error)),)


def _check_inclusion(proof: Inclusion) -> Iterator[Step]:
    checkpoint = read_checkpoint(proof.checkpoint, tr("检查点", "checkpoint"))
    root = bytes.fromhex(checkpoint.root)
    faults = [
        tr(f"{place(one.header.seq)}不在树中", f"{place(one.header.seq)} is not in the tree")
        for one in proof.entries
        if not merkle.includes(leaf(one.header.hash), one.header.seq - 1, checkpoint.size, _read(one.path), root)
    ]
    if not proof.entries:
        faults.append(tr("没有条目", "no entry"))
    told = "、".join(f"{one.header.seq} {one.header.kind} {one.header.subject}" for one in proof.entries[:5])
    yield judged(tr("在台账中", "in the ledger"), faults, f"{len(proof.entries)}：{told}")
    yield _compare(checkpoint)


def _check_consistency(proof: Consistency) -> Iterator[Step]:
    old, new = (read_checkpoint(line, tr("检查点", "checkpoint")) for line in (proof.old, proof.new))
    roots = bytes.fromhex(old.root), bytes.fromhex(new.root)
    holds = old.genesis_key == new.genesis_key and merkle.extends(old.size, new.size, *roots, _read(proof.path))
    fault = tr("后者不以前者开头：台账被换过", "the new does not begin with the old: the ledger was replaced")
    yield judged(tr("一致", "consistent"), () if holds else (fault,), f"{old.size} → {new.size}")
    yield from (_compare(one) for one in (old, new))


def _compare(checkpoint: Checkpoint) -> Step:
    """The file carries its own roots: only whoever has them from elsewhere knows that they are the unit's."""
    return notice(tr("请与所存检查点核对", "compare with what you keep"), checkpoint.said)


def _entries(ledger: Ledger, what: str, size: int) -> list[Entry]:
    if what.isascii() and what.isdigit():
        one = ledger.entry(int(what))
        return [one] if one is not None else []
    return [one for one in ledger.about(what) if one.header.subject == what and one.header.seq <= size]


def _written(path: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(one.hex() for one in path)


def _read(path: Sequence[str]) -> list[bytes]:
    try:
        return [bytes.fromhex(one) for one in path]
    except ValueError as error:
        raise EvidenceError(tr("证明：路径不合格", "proof: a malformed path")) from error
