"""A unit's rules without its paper: statements are judged and followed, and neither signed nor kept."""

from __future__ import annotations

import base64
import hashlib
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reviewer.signoff.act import About, Act, Approve, Consult, Enrol, Found, Publish, Review, Submit
from reviewer.signoff.case import CaseState
from reviewer.signoff.entry import Statement
from reviewer.signoff.keys import fingerprint
from reviewer.signoff.manifest import FileDigest, Manifest
from reviewer.signoff.moment import instant
from reviewer.signoff.presets import preset
from reviewer.signoff.replay import Replay
from reviewer.signoff.route import facts, route
from reviewer.signoff.screening import Warned
from reviewer.signoff.vocabulary import Addressee, Channel, Opinion, Role

from .office import PEOPLE, UNIT, screening_of

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CASE = "2026-0001"


def public_key(name: str) -> str:
    return "ed25519:" + base64.b64encode(hashlib.sha256(name.encode()).digest()).decode()


def package(content: int = 0) -> Manifest:
    """Two files; another number, another byte in the first."""
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (f"notice {content}", "annex")]
    names = ("公告.docx", "附件1.xlsx")
    return Manifest(
        files=tuple(FileDigest(name=n, size_bytes=8, sha256=d, sm3=d) for n, d in zip(names, digests, strict=True))
    )


class Desk:
    """Says one thing after another, a minute apart, and holds on to what follows."""

    def __init__(self, people: dict[str, Role] = PEOPLE, chain: str = "three") -> None:
        self.replay, self.seq, self.now = Replay(), 0, START
        self.say("管理员", Found(unit=UNIT, public_key=public_key("管理员"), chain=preset(chain)), UNIT)
        for name, role in people.items():
            self.enrol(name, role)

    def enrol(self, name: str, role: Role, exception: str = "") -> None:
        act = Enrol(name=name, role=role, public_key=public_key(name), exception=exception)
        self.say("管理员", act, name)

    def fork(self) -> Desk:
        """Another desk that goes on from here."""
        other = copy(self)
        other.replay = copy(self.replay)
        other.replay.cases, other.replay.requests = dict(self.replay.cases), dict(self.replay.requests)
        return other

    def say(self, by: str, act: Act, subject: str = CASE) -> None:
        """Raises NotAllowedError where it may not be said."""
        statement = Statement(
            seq=self.seq + 1, time=instant(self.now + timedelta(minutes=1)), actor=by, subject=subject,
            keyid=fingerprint(public_key(by)), protected=True, act=act,
        )  # fmt: skip
        self.replay.admit(statement)
        self.seq, self.now = self.seq + 1, self.now + timedelta(minutes=1)

    @property
    def case(self) -> CaseState:
        return self.replay.cases[CASE]

    # --- the acts of the chain, each on what stands there now

    def submit(self, *findings: Warned, by: str = "张三", content: int = 0, about: About | None = None) -> None:
        seen = self.replay.cases.get(CASE)
        manifest, said = package(content), about or About(title="季度公告")
        screening = screening_of(manifest, *findings)
        chain = seen.chain if seen else self.replay.roster.chain
        act = Submit(
            version=seen.version + 1 if seen else 1, channel=Channel.WEBSITE, about=said, manifest=manifest,
            screening=screening, route=route(chain, facts(Channel.WEBSITE, said, screening)),
        )  # fmt: skip
        self.say(by, act)

    def review(self, opinion: Opinion = Opinion.AGREE, by: str = "李四", **more: object) -> None:
        act = Review(package=self.case.package, opinion=opinion, comment="已核")
        self.say(by, replace(act, **more))  # type: ignore[arg-type]

    def consult(self, by: str = "李四", addressee: Addressee = Addressee.SECRECY_ADMINISTRATION) -> None:
        act = Consult(
            package=self.case.package,
            addressee=addressee,
            organ="某单位",
            letter="函1号",
            day="2026-03-02",
            question="可否",
        )
        self.say(by, act)

    def approve(self, by: str = "王五") -> None:
        case = self.case
        self.say(by, Approve(package=case.package, comment="", accepted=case.for_leader(), shown=case.asking))

    def publish(self, by: str = "张三", content: int = 0) -> None:
        self.say(by, Publish(manifest=package(content), channel=Channel.WEBSITE, address=""))
