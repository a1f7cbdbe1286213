"""A ledger told again from its beginning: every statement must have been allowed where it stands."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reviewer.errors import EvidenceError, NotAllowedError
from reviewer.language import tr
from reviewer.signoff import roster as rosters
from reviewer.signoff.act import ROSTER_KINDS, Found, Submit
from reviewer.signoff.case import CaseState
from reviewer.signoff.entry import BEFORE_GENESIS, Before, Entry, Statement, open_entry, place
from reviewer.signoff.envelope import Envelope, check_signature
from reviewer.signoff.guard import allowed
from reviewer.signoff.moment import day_of
from reviewer.signoff.request_rules import RequestState, after_request, is_request
from reviewer.signoff.roster import Enrolment, Roster, founded
from reviewer.signoff.succession_rules import check_succession
from reviewer.signoff.transition import after


class Replay:
    """The roster and the cases as far as the entries fed so far tell them.

    `whole`: every entry of the ledger is fed, so that what one case carries from another can be, and is, compared.
    """

    def __init__(self, *, whole: bool = False) -> None:
        self._whole = whole
        self._roster: Roster | None = None
        self._today: Roster | None = None  # as it holds on the day of the last statement, while any term is on record
        self._last = Before()  # of the roster; cases have their own
        self._last_of: dict[str, str] = {}
        self.cases: dict[str, CaseState] = {}
        self.requests: dict[str, RequestState] = {}

    @property
    def roster(self) -> Roster:
        """The roster now; raises EvidenceError before the genesis entry was fed."""
        if self._roster is None:
            raise EvidenceError(tr("台账没有建账记录。", "the ledger has no founding entry."))
        return self._roster

    @property
    def genesis_key(self) -> str | None:
        """Fingerprint of the key that founded the ledger; None before there is a roster."""
        return self._roster.genesis_key if self._roster else None

    @property
    def exceptions(self) -> tuple[Enrolment, ...]:
        """The enrolments that merged roles in one person, as far as there is a roster."""
        return self._roster.exceptions if self._roster else ()

    @property
    def deputies(self) -> tuple[Enrolment, ...]:
        """The enrolments by delegation, as far as there is a roster."""
        return self._roster.deputies if self._roster else ()

    def feed(self, entry: Entry) -> None:
        """One more entry, in its order.

        Raises EvidenceError if it was changed, its signature does not hold, or it should never have been accepted.
        """
        statement, envelope = open_entry(entry)
        self.check_signature(statement, envelope)
        self.enter(statement)

    def enter(self, statement: Statement) -> None:
        """As `admit`, for what the ledger already holds: there a forbidden act is broken evidence."""
        try:
            self.admit(statement)
        except NotAllowedError as error:
            raise EvidenceError(f"{place(statement.seq)}：{error}") from error

    def check_signature(self, statement: Statement, envelope: Envelope) -> None:
        """Raises EvidenceError unless the actor's key of that moment made the signature."""
        check_signature(envelope, self._key_of(statement), place(statement.seq))

    def admit(self, statement: Statement) -> None:
        """The statement's effect; raises NotAllowedError where it has no right to one."""
        if statement.before is not None and statement.before != self.before(statement.subject, statement.kind):
            raise NotAllowedError(
                tr(
                    "不接本件或名册的上一条：中间有行为缺失或被换",
                    "it does not follow the last act of its case and of the roster: one is missing or was exchanged",
                )
            )
        self._admit(statement)
        if statement.kind in ROSTER_KINDS:
            self._last = Before(roster=statement.hash)
        else:
            self._last_of[statement.subject] = statement.hash

    def before(self, subject: str, kind: str) -> Before:
        """What the next act of that kind on that subject follows on."""
        if kind in ROSTER_KINDS:
            return self._last
        return Before(case=self._last_of.get(subject, BEFORE_GENESIS), roster=self._last.roster)

    def _admit(self, statement: Statement) -> None:
        if self._roster is None:
            self._roster = founded(statement)
        elif statement.kind in ROSTER_KINDS:
            self._roster, self._today = rosters.after(self._roster, statement), None
        elif is_request(statement.subject):
            known = self.requests.get(statement.subject)
            self.requests[statement.subject] = after_request(known, statement, self._roster_on(statement))
        else:
            state = self.cases.get(statement.subject)
            role = allowed(state, statement, self._roster_on(statement))
            if self._whole and isinstance(statement.act, Submit) and statement.act.succeeds:
                self.check_succession(statement, statement.act)
            self.cases[statement.subject] = after(state, statement, role, self._roster.chain)

    def _roster_on(self, statement: Statement) -> Roster:
        """Who may do what on the day of the statement; worked out once a day."""
        if self._today is None:
            self._today = self.roster.on(day_of(statement.time))
        elif self._today.day and self._today.day != (day := day_of(statement.time)):
            self._today = self.roster.on(day)
        return self._today

    def check_succession(self, statement: Statement, act: Submit) -> None:
        """Raises NotAllowedError unless what the version carries is in the approved case, as fed so far."""
        assert act.succeeds is not None
        check_succession(self.cases.get(act.succeeds.case), statement, act, self._roster_on(statement))

    def _key_of(self, statement: Statement) -> str:
        if self._roster is None:
            if isinstance(statement.act, Found):
                return statement.act.public_key  # a genesis vouches for itself: see `record.verify`, trust
            raise EvidenceError(tr("台账不以建账开头。", "the ledger does not begin with its founding."))
        key = self._roster.key_of(statement.actor)
        if key is None:
            raise EvidenceError(
                tr(
                    f"{place(statement.seq)}：{statement.actor}当时不在名册上",
                    f"{place(statement.seq)}: {statement.actor} was not on the roster then",
                )
            )
        return key


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector: values know no cycles, and it would go through all of them again and again.

    Of 40,000 entries that took 4 % of the time (`benchmarks/ledger.py`, measured by `gc.callbacks`).
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def listed(entries: Iterable[Entry]) -> Replay:
    """Everything admitted with its signatures unread: four times as fast, for lists. What is acted on is `replayed`."""
    replay = Replay(whole=True)
    with uncollected():
        for entry in entries:
            statement, _ = open_entry(entry)
            replay.enter(statement)
    return replay


def replayed(entries: Iterable[Entry]) -> Replay:
    """Everything fed, or the first fault raised."""
    replay = Replay()
    for entry in entries:
        replay.feed(entry)
    return replay


def state_of(entries: Iterable[Entry], number: str) -> CaseState | None:
    """Where case `number` stands after these entries (the roster's and its own suffice)."""
    return replayed(entries).cases.get(number)
