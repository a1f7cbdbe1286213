"""What a verification says of a ledger's tree, of the index beside it, and of a checkpoint or record given to it."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff import checkpoint as checkpoints
from reviewer.signoff import envelope as dsse
from reviewer.signoff import first_record, merkle
from reviewer.signoff.act import ROSTER_KINDS
from reviewer.signoff.canonical import digest, parse
from reviewer.signoff.checkpoint import Checkpoint, read_checkpoint
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.proof import Step, broken, judged, not_proven
from reviewer.signoff.record import read_record
from reviewer.signoff.replay import Replay


class Grove:
    """The tree as the entries give it, and what else is derived from them, gathered in one walk."""

    def __init__(self) -> None:
        self.tree = merkle.Grown()
        self._hashes: list[str] = []
        self._told: dict[str, list[tuple[int, str]]] = {}

    def take(self, hashed: str, kind: str, subject: str, body: str) -> None:
        """One more entry: its hash recomputed, and its header."""
        self.tree.add(checkpoints.leaf(hashed))
        self._hashes.append(hashed)
        group = "" if kind in ROSTER_KINDS else subject
        self._told.setdefault(group, []).append((self.tree.size, body))

    def steps(self, ledger: Ledger, covers: frozenset[tuple[str, str]]) -> Iterator[Step]:
        """Whether what is kept beside the entries follows from them; `covers` is what the submissions name."""
        size = self.tree.size
        root = merkle.root(self.tree, size).hex()
        yield judged(
            tr("Merkle 树", "Merkle tree"), self._faults(ledger), tr(f"{size} 条，根 {root}", f"{size}, {root}")
        )
        kept = ledger.covers()
        faults = [
            *(tr(f"{case} 的文件 {one[:12]} 缺", f"{one[:12]} of {case} is missing") for one, case in covers - kept),
            *(tr(f"{case} 的文件 {one[:12]} 多出", f"{one[:12]} of {case} is added") for one, case in kept - covers),
        ]
        yield judged(tr("索引", "index"), sorted(faults), tr(f"{len(kept)} 项", f"{len(kept)} items"))
        yield judged(tr("数据库自检", "the database's own check"), ledger.damage(), tr("完好", "sound"))

    def _faults(self, ledger: Ledger) -> Iterator[str]:
        if not ledger.keeps_nodes:
            return
        kept = ledger.nodes()
        for level, position, hashed in self.tree.inner():
            if kept.pop((level, position), "") != hashed.hex():
                yield tr(f"节点 {level}/{position} 与各条不符", f"node {level}/{position} is not the entries'")
        for level, position in sorted(kept):
            yield tr(f"节点 {level}/{position} 多出", f"node {level}/{position} is added")

    def against(self, known: str, replay: Replay) -> Step:
        """Whether the ledger still begins with what a checkpoint, or a record with its checkpoint, says of it."""
        name = tr("对照检查点", "against the checkpoint")
        try:
            checkpoint, faults = self._read(known)
        except EvidenceError as error:
            return not_proven(name, str(error))
        size = checkpoint.size
        if checkpoint.genesis_key != replay.genesis_key:
            return broken(name, tr("检查点是另一本台账的", "the checkpoint is of another ledger"))
        if size > self.tree.size:
            return broken(
                name,
                tr(
                    f"应有 {size} 条，只有 {self.tree.size} 条：末尾被截去",
                    f"{self.tree.size} of {size}: the end was cut",
                ),
            )
        if merkle.root(self.tree, size).hex() != checkpoint.root or self._hashes[size - 1] != checkpoint.head:
            return broken(name, tr(f"前 {size} 条的根不符：链被换过", f"another root of the first {size}: replaced"))
        if checkpoint.keyid:
            try:
                checkpoints.signatory(checkpoint, replay.roster)
            except EvidenceError as error:
                return broken(name, str(error))
        return judged(
            name, faults, tr(f"前 {size} 条未变，其后 {self.tree.size - size} 条", f"the first {size} unchanged")
        )

    def _read(self, known: str) -> tuple[Checkpoint, tuple[str, ...]]:
        """The checkpoint, and what a record that brought it leaves out or adds."""
        where = tr("检查点", "checkpoint")
        if not known.lstrip().startswith("{"):
            return read_checkpoint(known, where), ()
        data = known.encode("utf-8", "surrogateescape")
        said = parse(data, where)
        if isinstance(said, dict) and said.get("schema") == first_record.SCHEMA:
            raise EvidenceError(tr("旧式记录没有检查点；用 --anchor", "a record of the first form: use --anchor"))
        predicate = read_record(data, where).predicate
        checkpoint = read_checkpoint(predicate.checkpoint, where)
        told = {digest(dsse.write(one.envelope)) for one in predicate.acts}
        ours = {*self._bodies("", checkpoint.size), *self._bodies(predicate.case, checkpoint.size)}
        faults = []
        if ours - told:
            faults.append(tr(f"记录少了 {len(ours - told)} 条", f"the record leaves out {len(ours - told)} acts"))
        if told - ours:
            faults.append(tr(f"记录多出 {len(told - ours)} 条", f"the record has {len(told - ours)} acts too many"))
        return checkpoint, tuple(faults)

    def _bodies(self, subject: str, size: int) -> Iterator[str]:
        for seq, body in self._told.get(subject, ()):
            if seq <= size:
                yield body
