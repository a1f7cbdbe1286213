"""Statements replayed one by one, whatever was wrong with those before, and the steps that follow from it."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.errors import EvidenceError, NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Submit
from reviewer.signoff.calendar import Calendar, UnknownYearError
from reviewer.signoff.deputy import mandate_told
from reviewer.signoff.entry import Header, Statement, place
from reviewer.signoff.envelope import Envelope, UncheckedError
from reviewer.signoff.findings import Fault, Findings, told
from reviewer.signoff.objection import Lapse
from reviewer.signoff.objection_rules import term
from reviewer.signoff.proof import Step, judged, not_proven, notice
from reviewer.signoff.replay import Replay


class Audit:
    """A replay that goes on after a fault; `found` takes what is found, and may be exchanged between two entries.

    `whole`: every entry of the ledger is fed (see `Replay`).
    """

    def __init__(self, *, whole: bool = False) -> None:
        self.replay = Replay(whole=whole)
        self.found = Findings()
        self._broken: set[str] = set()

    def take(
        self, header: Header, opening: Callable[[], tuple[Statement, Envelope]], *, rests: bool = False
    ) -> Statement | None:
        """One more entry that is told in full; None if its content is not what was signed.

        `rests`: its signature, and whether it was allowed, are a trusted checkpoint's word (`vouched`).
        """
        self.found.count += 1
        try:
            statement, envelope = opening()
        except EvidenceError as error:
            self.found.content.append((header.seq, str(error)))
            self._broken.add(header.subject)
            return None
        if rests:
            self.found.resting += 1
            self._counted(statement)
            self._silence(statement)
        elif self._signed(statement, envelope):
            self._admit(statement)
        self._note(statement)
        return statement

    def _signed(self, statement: Statement, envelope: Envelope) -> bool:
        """Whether the replay goes on with it: a signature that nobody here can check is not one that does not hold."""
        try:
            self.replay.check_signature(statement, envelope)
        except UncheckedError as error:
            self.found.unchecked.append((statement.seq, str(error)))
        except EvidenceError as error:
            self.found.signatures.append((statement.seq, str(error)))
            self._broken.add(statement.subject)
            return False
        return True

    def _admit(self, statement: Statement) -> None:
        """After a fault in a case its later acts say nothing new: the first fault is the news."""
        self._counted(statement)
        if statement.subject in self._broken:
            return
        try:
            self.replay.admit(statement)
        except (NotAllowedError, EvidenceError) as error:
            self.found.rules.append((statement.seq, f"{place(statement.seq)}：{error}"))
            self._broken.add(statement.subject)
            return
        self._silence(statement)

    def _counted(self, statement: Statement) -> None:
        if not statement.protected:
            self.found.unprotected[statement.actor] = self.found.unprotected.get(statement.actor, 0) + 1

    def _silence(self, statement: Statement) -> None:
        if isinstance(statement.act, Lapse):
            self.found.silences.append((statement.seq, statement.act.received, statement.act.due))

    def _note(self, statement: Statement) -> None:
        act = statement.act
        if not isinstance(act, Submit):
            return
        if act.version == 1:
            self.found.numbered.append((statement.seq, statement.subject))
        self.found.covers += ((file.sha256, statement.subject) for file in act.manifest.files)

    def steps(self) -> tuple[Step, ...]:
        """What the statements prove."""
        found = self.found
        return (
            judged(
                tr("内容与签名一致", "content is what was signed"),
                told(found.content),
                tr(f"{found.count} 条", f"{found.count} entries"),
            ),
            self._signatures(),
            judged(tr("角色与流程", "roles and rules"), told(found.rules), self._replayed()),
        )

    def _replayed(self) -> str:
        if not self.found.resting:
            return tr("重放全部行为，逐条当时均被允许", "all acts replayed; each was allowed when it was made")
        some = self.found.count - self.found.resting
        return tr(
            f"重放 {some} 条，逐条当时均被允许；其余依检查点",
            f"{some} acts replayed; each was allowed when it was made; the rest by the checkpoint",
        )

    def _signatures(self) -> Step:
        name, unchecked = tr("签名", "signatures"), self.found.unchecked
        if unchecked and not self.found.signatures:
            count = len(unchecked)
            return not_proven(
                name, tr(f"{count} 条无法核验。{unchecked[0][1]}", f"{count} cannot be checked. {unchecked[0][1]}")
            )
        every = tr("每条由当时在册者的密钥签出", "each by a key that was on the roster then")
        if self.found.resting:
            some = self.found.count - self.found.resting
            every = tr(f"{some} 条由当时在册者的密钥签出；其余依检查点", f"{some} {every}; the rest by the checkpoint")
        return judged(name, told(self.found.signatures), every)

    def silence_steps(self, calendar: Calendar) -> tuple[Step, ...]:
        """Whether each silence from which something was concluded had lasted its working days; none without one.

        The calendar is the reader's: a ledger has none in it. An office whose own holidays made the term longer took
        nothing from anybody, so only a last day that is too early is a fault.
        """
        name = tr("答复期限", "time for an answer")
        faults: list[Fault] = []
        unknown = ""
        for seq, received, due in self.found.silences:
            try:
                earliest = term(received, calendar).isoformat()
            except UnknownYearError as error:
                unknown = unknown or f"{place(seq)}：{error}"
                continue
            if due < earliest:
                faults.append(
                    (
                        seq,
                        tr(
                            f"{place(seq)}：所写期限 {due} 早于 {earliest}", f"{place(seq)}: {due} is before {earliest}"
                        ),
                    )
                )
        if not self.found.silences:
            return ()
        if unknown and not faults:
            return (not_proven(name, unknown),)
        count = len(self.found.silences)
        return (judged(name, told(faults), tr(f"{count} 次逾期均已满工作日", f"{count}, each of them full")),)

    def numbers_step(self) -> Step:
        """Case numbers: 2026-0001, 2026-0002 … within each year of a ledger."""
        faults, last = [], dict[str, int]()
        for seq, subject in self.found.numbered:
            year, _, number = subject.partition("-")
            expected = last.get(year, 0) + 1
            if number != f"{expected:04d}":
                faults.append(f"{place(seq)}：{subject} ≠ {year}-{expected:04d}")
            last[year] = int(number) if number.isascii() and number.isdigit() else expected
        return judged(tr("审查编号", "case numbers"), faults, tr("连续，不重不漏", "without gap"))

    def notices(self) -> tuple[Step, ...]:
        """What a reader must be told: keys without passphrase, merged roles, deputies."""
        keys = tuple(
            notice(
                tr("未加密密钥", "unencrypted key"),
                tr(f"{name}用未设口令的密钥签了 {count} 次", f"{name} signed {count} times with no passphrase"),
            )
            for name, count in sorted(self.found.unprotected.items())
        )
        merged = (f"{one.name} + {one.role.label}：{one.exception}" for one in self.replay.exceptions)
        return (
            *keys,
            *(notice(tr("角色合并", "merged roles"), one) for one in merged),
            *(notice(tr("授权代理", "deputy"), mandate_told(one)) for one in self.replay.deputies),
        )
