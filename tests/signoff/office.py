"""An office of invented people with unencrypted keys, a clock that only goes when told, and a ledger on disk.

`Office` does what its people do; the fixtures of conftest.py found one. Cases in the states that need more than one
act are in cases.py.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reviewer.signoff import procedure
from reviewer.signoff.act import About, Answer, Consult, Review, Settled
from reviewer.signoff.case import CaseState
from reviewer.signoff.keyfile import create_key
from reviewer.signoff.keys import OpenKey
from reviewer.signoff.manifest import Manifest, read_manifest
from reviewer.signoff.procedure import Pen
from reviewer.signoff.screening import FileScreening, Screening, Unread, Warned
from reviewer.signoff.storage.database import DatabaseLedger, file_of
from reviewer.signoff.vocabulary import Addressee, Channel, Opinion, Outcome, Role
from reviewer.terms import Action, Category, Decision, Engine, Ruling, Severity

UNIT = "青石县政府办公室"
ENGINE = Engine(version="1.0", rules="sha256:" + "1" * 64, model="sha256:" + "2" * 64, policy="sha256:" + "3" * 64)
PEOPLE = {
    "张三": Role.PUBLISHER,
    "钱二": Role.PUBLISHER,
    "李四": Role.REVIEWER,
    "赵六": Role.REVIEWER,
    "王五": Role.LEADER,
    "孙七": Role.LEADER,
    "周八": Role.SECRECY_OFFICE,
}


def warned(fingerprint: str, action: Action = Action.MASK) -> Warned:
    return Warned(
        fingerprint=fingerprint,
        rule="personal-privacy/resident-id",
        category=Category.PERSONAL_PRIVACY,
        type="resident_id",
        severity=Severity.HIGH,
        action=action,
        place="表1!C4",
        count=3,
    )


def screening_of(
    manifest: Manifest, *findings: Warned, gaps: tuple[str, ...] = (), decision: Decision = Decision.CLEAR
) -> Screening:
    """Every file is clear but the first, which has these findings and gaps."""
    files = []
    for index, file in enumerate(manifest.files):
        files.append(
            FileScreening(
                name=file.name,
                sha256=file.sha256,
                decision=Decision.CLEAR if index else decision,
                findings=() if index else findings,
                gaps=() if index else tuple(Unread(place=gap, reason="图中可能有文字") for gap in gaps),
                set_aside=(),
            )
        )
    return Screening(engine=ENGINE, files=tuple(files))


def raw(ledger: DatabaseLedger) -> sqlite3.Connection:
    """The file under a ledger, for whoever changes it by hand."""
    return file_of(ledger.connection)


def drafts(folder: Path) -> tuple[Path, ...]:
    """The two files that most cases are about."""
    files = tuple(folder / name for name in ("公告.docx", "附件1.xlsx"))
    for path in files:
        path.write_bytes(path.name.encode())
    return files


@dataclass
class Office:
    """Everybody of the unit at one ledger; each method is one act done by the person it names."""

    folder: Path
    ledger: DatabaseLedger
    keys: dict[str, OpenKey]
    now: datetime = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    files: tuple[Path, ...] = field(default=())

    def clock(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def pen(self, name: str) -> Pen:
        return Pen(ledger=self.ledger, signer=self.keys[name], clock=self.clock)

    def enrol_everybody(self) -> None:
        for name, role in PEOPLE.items():
            procedure.enrol(self.pen("管理员"), name, role, self.keys[name].public_key)

    def newcomer(self, name: str) -> OpenKey:
        self.keys[name] = create_key(self.folder, name, "")
        return self.keys[name]

    def submit(
        self,
        *findings: Warned,
        gaps: tuple[str, ...] = (),
        by: str = "张三",
        seen: CaseState | None = None,
        drafter: str = "",
        channel: Channel = Channel.WEBSITE,
        decision: Decision = Decision.CLEAR,
    ) -> str:
        manifest = read_manifest(self.files)
        screening = screening_of(manifest, *findings, gaps=gaps, decision=decision)
        about = About(title="季度公告", drafter=drafter)
        return procedure.submit(self.pen(by), manifest, screening, channel, about, seen)

    def case(self, number: str) -> CaseState:
        return procedure.open_case(self.ledger, number)

    def review(
        self, number: str, opinion: Opinion = Opinion.AGREE, by: str = "李四", comment: str = "已核", **more: object
    ) -> None:
        seen = self.case(number)
        act = Review(package=seen.package, opinion=opinion, comment=comment, **more)  # type: ignore[arg-type]
        procedure.review(self.pen(by), seen, act)

    def consult(
        self,
        number: str,
        *fingerprints: str,
        by: str = "李四",
        addressee: Addressee = Addressee.SECRECY_ADMINISTRATION,
        day: str = "2026-03-02",
    ) -> int:
        seen = self.case(number)
        act = Consult(
            package=seen.package,
            addressee=addressee,
            organ="青石县保密行政管理部门",
            letter="青函〔2026〕1号",
            day=day,
            question="附件可否公开",
            fingerprints=fingerprints,
        )
        return procedure.consult(self.pen(by), seen, act)

    def answer(self, number: str, outcome: Outcome, by: str = "李四", consult: int = 1) -> None:
        act = Answer(
            consult=consult, outcome=outcome, letter="复〔2026〕2号", day="2026-03-05", signatory="吴九", note="",
            received="2026-03-06",
        )  # fmt: skip
        procedure.answer(self.pen(by), self.case(number), act)

    def approve(self, number: str, by: str = "王五") -> None:
        procedure.approve(self.pen(by), self.case(number), "同意")

    def publish(self, number: str, by: str = "张三", files: tuple[Path, ...] | None = None) -> None:
        procedure.publish(self.pen(by), self.case(number), self.files if files is None else files)

    def approved(self) -> str:
        number = self.submit()
        self.review(number)
        self.approve(number)
        return number

    def published(self) -> str:
        number = self.approved()
        self.publish(number)
        return number


def releasable(fingerprint: str, ruling: Ruling = Ruling.RELEASABLE) -> Settled:
    return Settled(fingerprint=fingerprint, ruling=ruling, reason="方案规定应当公示")


def with_own_keys(office: Office) -> Office:
    """Three people whose keys lie on disk, so that other processes can load them."""
    for name in ("张三", "李四", "王五"):
        procedure.revoke(office.pen("管理员"), name, "换密钥")
        procedure.enrol(office.pen("管理员"), name, PEOPLE[name], office.newcomer(name).public_key)
    return office
