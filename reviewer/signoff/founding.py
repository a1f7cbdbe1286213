"""A unit's own acts: the ledger founded, its chain adopted, people enrolled and revoked."""

from __future__ import annotations

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Adopt, Enrol, Found, Revoke
from reviewer.signoff.chain import Chain
from reviewer.signoff.docket import roster_of
from reviewer.signoff.entry import BEFORE_GENESIS, Before, Entry, Head, propose, sign
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.moment import instant
from reviewer.signoff.pen import Pen, said
from reviewer.signoff.presets import default_chain
from reviewer.signoff.roster import founded
from reviewer.signoff.vocabulary import Role


def found(pen: Pen, unit: str, chain: Chain | None = None) -> Entry:
    """The ledger's first entry, with the default chain where none is given; NotAllowedError if it has one already."""
    holding = chain or default_chain()

    def write(head: Head | None) -> Entry:
        if head is not None:
            raise NotAllowedError(tr("台账已经建立，不能重建。", "the ledger is founded already."))
        act = Found(unit=unit, public_key=pen.signer.public_key, chain=holding)
        statement = propose(pen.signer, None, instant(pen.clock()), unit, act, Before())
        founded(statement)
        return sign(pen.signer, statement, BEFORE_GENESIS)

    return pen.ledger.append(write)


def adopt(pen: Pen, chain: Chain, reason: str) -> Entry:
    """Another chain holds for the cases that begin from here on."""
    return said(pen, roster_of(pen.ledger).unit, Adopt(chain=chain, reason=reason))


def check_in_force(ledger: Ledger, written: Chain | None) -> None:
    """Raises NotAllowedError if the office's file says another chain than the ledger: nobody changes it by a file."""
    held = roster_of(ledger).chain
    if written is not None and written != held:
        raise NotAllowedError(
            tr(
                f"reviewer.toml 写的审批链（{written.name}）与台账现行的（{held.name}）不同，不能送审。"
                "由管理员运行 reviewer roster adopt 采用，或改回 reviewer.toml。",
                f"the chain of reviewer.toml ({written.name}) is not the one in force in the ledger ({held.name}). An "
                "administrator runs reviewer roster adopt, or reviewer.toml is set right.",
            )
        )


def enrol(pen: Pen, name: str, role: Role, public_key: str, exception: str = "") -> Entry:
    """A person takes a role; `exception` is the reason if it is not the person's first."""
    return enrolled(pen, Enrol(name=name, role=role, public_key=public_key, exception=exception))


def enrolled(pen: Pen, act: Enrol) -> Entry:
    """As `enrol`, with all that an enrolment can say: unit, term, whose deputy by which mandate."""
    return said(pen, act.name, act)


def revoke(pen: Pen, name: str, reason: str, deputy_for: str = "") -> Entry:
    """A person loses every role; or, with `deputy_for`, only what that person delegated to them."""
    return said(pen, name, Revoke(name=name, reason=reason, deputy_for=deputy_for))
