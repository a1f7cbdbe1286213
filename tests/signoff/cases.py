"""Cases in every state: each function brings one there in an office and gives its number.

`HOLD` are those whose record holds, `DO_NOT` the others; between them every kind of act occurs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from reviewer.signoff import procedure
from reviewer.signoff.act import About, Inspected, Withdraw
from reviewer.signoff.aftermath import Archive, Correct, Extend, Incident, Ratify, Reassess, Report
from reviewer.signoff.manifest import read_file, read_manifest
from reviewer.signoff.moment import instant
from reviewer.signoff.objection import Decide, Lapse, Objection
from reviewer.signoff.redaction import Redact, Taken
from reviewer.signoff.vocabulary import (
    Addressee,
    Channel,
    Conclusion,
    Ground,
    Opinion,
    Outcome,
    Recipient,
    Retention,
    Role,
)
from reviewer.terms import Action

from .office import Office, releasable, screening_of, warned

LATE = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
OBJECTION = Objection(
    party=Addressee.THIRD_PARTY, name="某公司", letter="函3号", day="2026-03-01", received="2026-03-02",
    reason="含商业秘密", outcome=Outcome.OBJECTION,
)  # fmt: skip
DISCLOSE = Decide(objection=1, conclusion=Conclusion.DISCLOSE, reason="公共利益", notice="告〔2026〕2号")
EXTEND = Extend(days=10, reason="须征求第三方意见", letter="延告〔2026〕1号", day="2026-03-03")


def say(office: Office, case: str, act: object, by: str) -> None:
    procedure.say(office.pen(by), office.case(case), act)  # type: ignore[arg-type]


def agreed(office: Office, case: str) -> str:
    office.review(case)
    office.approve(case)
    return case


def requested(office: Office) -> str:
    manifest = read_manifest(office.files)
    about = About(title="合同", requested="2026-03-02")
    return procedure.submit(office.pen("张三"), manifest, screening_of(manifest), Channel.ON_REQUEST, about)


def silence(office: Office) -> str:
    case = office.submit()
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    office.now = LATE
    say(office, case, Lapse(
        consult=1, received="2026-03-02", due="2026-03-23", conclusion=Conclusion.DISCLOSE, reason="无损"
    ), "李四")  # fmt: skip
    return agreed(office, case)


def objection_in_an_answer(office: Office) -> str:
    case = office.submit()
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    office.answer(case, Outcome.OBJECTION)
    say(office, case, DISCLOSE, "李四")
    return agreed(office, case)


def late_objection(office: Office) -> str:
    case = office.approved()
    say(office, case, OBJECTION, "张三")
    say(office, case, DISCLOSE, "周八")
    agreed(office, case)
    office.publish(case)
    return case


def objection_to_what_is_on_line(office: Office) -> str:
    case = office.published()
    say(office, case, OBJECTION, "张三")
    return case


def decided_on_line(office: Office) -> str:
    case = objection_to_what_is_on_line(office)
    say(office, case, DISCLOSE, "周八")
    return case


def extended(office: Office) -> str:
    case = agreed(office, requested(office))
    say(office, case, EXTEND, "王五")
    return case


def handed_over(office: Office) -> str:
    case = office.approved()
    procedure.hand_over(office.pen("管理员"), "张三", "钱二", "轮岗")
    return case


def refused(office: Office) -> str:
    case = office.submit()
    office.review(case, Opinion.REFUSE, grounds=(Ground.IN_PROCESS,), reassess_on="2026-09-01")
    return case


def reassessed(office: Office) -> str:
    case = refused(office)
    say(office, case, Archive(file="档1", retention=Retention.TEN_YEARS), "张三")
    say(office, case, Reassess(reason="已定案"), "王五")
    office.submit(seen=office.case(case))
    agreed(office, case)
    office.publish(case)
    return case


def returned_once(office: Office) -> str:
    case = office.submit()
    office.review(case, Opinion.RETURN)
    office.submit(seen=office.case(case))
    return agreed(office, case)


def archived(office: Office) -> str:
    case = office.published()
    say(office, case, Archive(file="档1", retention=Retention.TEN_YEARS), "张三")
    return case


def leaked(office: Office) -> str:
    case = office.published()
    say(office, case, Incident(discovered=instant(office.now), what="误发"), "李四")
    return case


def reported(office: Office) -> str:
    case = leaked(office)
    report = Report(to=next(iter(Recipient)), organ="县保密局", at=instant(office.now), means="电话")
    say(office, case, report, "李四")
    return case


def taken_down(office: Office) -> str:
    case = office.published()
    procedure.take_down(office.pen("李四"), office.case(case), "误发", suspected_leak=False)
    say(office, case, Ratify(comment="同意"), "王五")
    return case


def corrected(office: Office) -> str:
    case = office.published()
    before = office.files[0].read_bytes()
    office.files[0].write_bytes(before + b"\n")
    manifest = read_manifest(office.files)
    about = About(title="更正", corrects=case)
    other = procedure.submit(office.pen("张三"), manifest, screening_of(manifest), Channel.WEBSITE, about)
    agreed(office, other)
    office.publish(other)
    office.files[0].write_bytes(before)
    act = Correct(by_case=other, package=office.case(other).package, reason="数字有误")
    procedure.say(office.pen("张三"), office.case(case), act)
    return case


def eventful(office: Office) -> str:
    """A case in which nearly everything happens, among other cases."""
    other = office.submit()
    procedure.enrol(office.pen("管理员"), "钱二", Role.DRAFTER, office.keys["钱二"].public_key, "人手不足")
    number = office.submit(
        warned("f-mask"), warned("f-refer", Action.REFER), warned("f-asked", Action.REFER), gaps=("图1",)
    )
    office.review(other)
    office.review(number, Opinion.DEFER, settled=(releasable("f-mask"),))
    office.consult(number, "f-asked")
    office.answer(number, Outcome.NOT_SECRET)
    look = Inspected(file="公告.docx", place="图1", note="徽标")
    grounds = (Ground.PERSONAL_PRIVACY,)
    office.review(number, Opinion.PARTIAL, grounds=grounds, settled=(releasable("f-refer"),), inspected=(look,))
    office.approve(number)
    office.approve(other)
    office.publish(number)
    office.publish(other)
    return number


def withdrawn(office: Office) -> str:
    case = office.submit()
    say(office, case, Withdraw(reason="改期"), "张三")
    return case


def redacted(office: Office) -> str:
    case = office.submit()
    copy, certificate = office.folder / "副本.docx", office.folder / "证明.json"
    copy.write_bytes(b"a copy")
    certificate.write_text("{}", "utf-8")
    taken = Taken(type="resident_id", how="mask", basis="个人信息保护法第二十八条", place="名单!C", count=2)
    before, after, paper = map(read_file, (office.files[0], copy, certificate))
    act = Redact(before=before, after=after, certificate=paper, removed=(taken,), dropped=())
    say(office, case, act, "张三")
    return agreed(office, case)


HOLD: tuple[Callable[[Office], str], ...] = (
    silence, objection_in_an_answer, late_objection, objection_to_what_is_on_line, decided_on_line, extended,
    handed_over, reassessed, returned_once, redacted,
)  # fmt: skip
DO_NOT: tuple[Callable[[Office], str], ...] = (
    refused, archived, leaked, reported, taken_down, corrected, withdrawn,
)  # fmt: skip
