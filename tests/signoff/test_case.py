"""What may follow what, who may do it, and what voids what."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from reviewer.errors import NotAllowedError, UsageError
from reviewer.signoff import procedure
from reviewer.signoff.act import Inspected, Review
from reviewer.signoff.pen import said
from reviewer.signoff.vocabulary import (
    Addressee,
    Channel,
    Ground,
    Opinion,
    Outcome,
    Role,
    Status,
)
from reviewer.terms import Action, Decision, Ruling

from .office import Office, releasable, warned

REFER = warned("f-refer", Action.REFER)
MASK = warned("f-mask")


def test_one_case_start_to_end(office: Office) -> None:
    number = office.submit()
    assert number == "2026-0001"
    office.review(number)
    office.approve(number)
    office.publish(number)
    state = office.case(number)
    assert [one.kind for one in state.history] == ["submit", "review", "approve", "publish"]
    assert [(one.by, one.role) for one in state.signoffs] == [("李四", Role.REVIEWER), ("王五", Role.LEADER)]
    assert state.unprotected == ("张三", "李四", "王五")


def test_numbers_count_within_the_chinese_year(office: Office) -> None:
    assert [office.submit(), office.submit()] == ["2026-0001", "2026-0002"]
    office.now = office.now.replace(month=12, day=31, hour=15, minute=30)
    assert office.submit() == "2026-0003"
    office.now += timedelta(hours=1)  # 00:31 in China, still 2026 in UTC
    assert office.submit() == "2027-0001"


def test_there_is_no_such_case(office: Office) -> None:
    with pytest.raises(UsageError, match="2026-0009"):
        office.case("2026-0009")


def take_down(office: Office, case: str, *, suspected_leak: bool = False, by: str = "张三") -> None:
    procedure.take_down(office.pen(by), office.case(case), "公示期满", suspected_leak=suspected_leak)


@pytest.mark.parametrize(
    ("do", "who"),
    [
        (lambda office, case: office.submit(by="李四"), "发布人。能办这一步的人：张三、钱二"),
        (lambda office, case: office.review(case, by="张三"), "审核人。能办这一步的人：李四、赵六"),
        (lambda office, case: office.review(case, by="王五"), "审核人"),
        (lambda office, case: office.consult(case, by="张三"), "审核人"),
        (
            lambda office, case: (office.review(case), office.approve(case, by="李四")),
            "分管领导。能办这一步的人：王五、孙七",
        ),
        (lambda office, case: (office.review(case), office.approve(case, by="管理员")), "分管领导"),
        (lambda office, case: (office.consult(case), office.answer(case, Outcome.NOT_SECRET, by="张三")), "保密办"),
        (lambda office, case: procedure.withdraw(office.pen("李四"), office.case(case), "不发了"), "发布人、分管领导"),
    ],
)
def test_wrong_roles_are_told_who_could(office: Office, do: Callable[[Office, str], object], who: str) -> None:
    with pytest.raises(NotAllowedError, match=who):
        do(office, office.submit())


def merge(office: Office, name: str, role: Role) -> None:
    procedure.enrol(office.pen("管理员"), name, role, office.keys[name].public_key, "人手不足")


@pytest.mark.parametrize(
    ("name", "role", "do"),
    [
        ("张三", Role.REVIEWER, lambda office, case: office.review(case, by="张三")),
        ("张三", Role.LEADER, lambda office, case: (office.review(case), office.approve(case, by="张三"))),
        ("李四", Role.LEADER, lambda office, case: (office.review(case), office.approve(case, by="李四"))),
        pytest.param(
            "张三",
            Role.SECRECY_OFFICE,
            lambda office, case: (office.consult(case), office.answer(case, Outcome.NOT_SECRET, by="张三")),
            id="the publisher records the answer",
        ),
    ],
)
def test_merged_roles_never_meet_in_one_case(
    office: Office, name: str, role: Role, do: Callable[[Office, str], object]
) -> None:
    case = office.submit()
    merge(office, name, role)
    with pytest.raises(NotAllowedError, match=f"{name}（或同一把密钥）已在本件中任"):
        do(office, case)


def test_one_key_under_two_names_is_one_person(office: Office) -> None:
    """The roster refuses it; a case would refuse it again."""
    from dataclasses import replace

    from reviewer.signoff.entry import propose
    from reviewer.signoff.guard import allowed
    from reviewer.signoff.keys import OpenKey

    state = office.case(office.submit())
    roster, key = procedure.roster_of(office.ledger), office.keys["张三"]
    (mine,) = roster.active("张三")
    twin = replace(mine, name="张三三", role=Role.REVIEWER)
    signer = OpenKey(name="张三三", public_key=key.public_key, protected=False, private=key.private)
    act = Review(package=state.package, opinion=Opinion.AGREE, comment="")
    statement = propose(signer, office.ledger.head(), state.history[-1].time, state.number, act)
    with pytest.raises(NotAllowedError, match="同一把密钥"):
        allowed(state, statement, replace(roster, enrolments=(*roster.enrolments, twin)))


def test_a_person_is_bound_by_what_was_done_in_an_earlier_version(office: Office) -> None:
    merge(office, "李四", Role.LEADER)
    case = office.submit()
    office.review(case, Opinion.RETURN, by="李四")
    office.submit(seen=office.case(case))
    office.review(case, by="赵六")
    with pytest.raises(NotAllowedError, match="李四（或同一把密钥）已在本件中任审核人"):
        office.approve(case, by="李四")


def test_nobody_signs_off_the_own_draft(office: Office) -> None:
    case = office.submit(drafter="李四")
    with pytest.raises(NotAllowedError, match="李四是承办人"):
        office.review(case)
    office.review(case, by="赵六")


def test_another_publisher_does_not_publish(office: Office) -> None:
    case = office.approved()
    with pytest.raises(NotAllowedError, match="本件由张三（发布人）经办"):
        office.publish(case, by="钱二")
    with pytest.raises(NotAllowedError, match="本件由张三"):
        office.submit(by="钱二", seen=office.case(case))


# --- the machine's verdict


def test_a_blocked_package_is_not_submitted(office: Office) -> None:
    with pytest.raises(NotAllowedError, match=r"阻断.*公告\.docx.*保密办"):
        office.submit(decision=Decision.BLOCK)
    with pytest.raises(NotAllowedError, match="阻断"):
        office.submit(warned("f", Action.BLOCK))  # whatever the decision field says
    assert procedure.all_cases(office.ledger) == ()


def test_the_screening_must_be_of_these_bytes(office: Office) -> None:
    from reviewer.signoff.act import About
    from reviewer.signoff.manifest import read_manifest

    from .office import screening_of

    before = screening_of(read_manifest(office.files))
    office.files[1].write_bytes(b"changed in between")
    with pytest.raises(NotAllowedError, match="重新筛查"):
        procedure.submit(
            office.pen("张三"), read_manifest(office.files), before, Channel.WEBSITE, About(title="季度公告")
        )


@pytest.mark.parametrize(
    ("settled", "missing"),
    [
        ((), ["f-mask", "f-refer"]),
        ((releasable("f-mask"),), ["f-refer"]),
        pytest.param(
            (releasable("f-mask"), releasable("f-refer", Ruling.CONFIRMED)), ["f-refer"], id="true is not cured"
        ),
        pytest.param(
            (releasable("f-mask"), releasable("f-refer"), releasable("f-mask", Ruling.CONFIRMED)),
            ["f-mask"],
            id="the last ruling counts",
        ),
    ],
)
def test_nobody_agrees_past_a_warning(office: Office, settled: tuple[object, ...], missing: list[str]) -> None:
    case = office.submit(MASK, REFER)
    with pytest.raises(NotAllowedError, match=f"还有 {len(missing)} 项发现未处置") as refusal:
        office.review(case, settled=settled)
    assert all(fingerprint in str(refusal.value) for fingerprint in missing)
    office.review(case, Opinion.RETURN, settled=settled)


def test_nobody_agrees_past_an_unread_part(office: Office) -> None:
    case = office.submit(gaps=("图片1.png", "图片2.png"))
    seen = Inspected(file="公告.docx", place="图片1.png", note="仅为徽标")
    with pytest.raises(NotAllowedError, match=r"1 处未读未签注[\s\S]*图片2\.png"):
        office.review(case, inspected=(seen,))
    other = Inspected(file="公告.docx", place="图片2.png", note="办公楼外景")
    office.review(case, inspected=(seen, other))
    assert [(one.by, one.inspected.place) for one in office.case(case).looks] == [
        ("李四", "图片1.png"),
        ("李四", "图片2.png"),
    ]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"settled": (releasable("unknown"),)}, "没有发现项 unknown"),
        ({"inspected": (Inspected(file="公告.docx", place="无", note="看了"),)}, "不是未读部分"),
        ({"inspected": (Inspected(file="公告.docx", place="图1", note=""),)}, "缺少看图签注"),
    ],
)
def test_rulings_are_about_something_that_is_there(office: Office, more: dict[str, object], why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        office.review(office.submit(gaps=("图1",)), Opinion.RETURN, **more)


def test_a_ruling_needs_its_reason(office: Office) -> None:
    from dataclasses import replace

    with pytest.raises(NotAllowedError, match="处置理由"):
        office.review(office.submit(MASK), settled=(replace(releasable("f-mask"), reason=" "),))


def test_the_leader_accepts_what_only_the_reviewer_vouches_for(office: Office) -> None:
    case = office.submit(MASK, REFER)
    office.review(case, settled=(releasable("f-mask"), releasable("f-refer", Ruling.FALSE_POSITIVE)))
    state = office.case(case)
    assert state.for_leader() == ("f-refer",)
    from reviewer.signoff.act import Approve

    for accepted in ((), ("f-mask",), ("f-mask", "f-refer")):
        with pytest.raises(NotAllowedError, match="逐项确认：f-refer"):
            said(office.pen("王五"), case, Approve(package=state.package, comment="", accepted=accepted))
    office.approve(case)


def test_a_written_answer_settles_what_it_covers(office: Office) -> None:
    case = office.submit(REFER)
    office.consult(case, "f-refer")
    office.answer(case, Outcome.NOT_SECRET)
    office.review(case)
    assert office.case(case).for_leader() == ()
    office.approve(case)


def test_an_answer_masks_no_number(office: Office) -> None:
    case = office.submit(MASK)
    office.consult(case, "f-mask")
    office.answer(case, Outcome.NOT_SECRET)
    with pytest.raises(NotAllowedError, match="f-mask"):
        office.review(case)


def test_advice_settles_nothing(office: Office) -> None:
    case = office.submit(REFER)
    office.consult(case, "f-refer")
    office.answer(case, Outcome.ADVICE)
    with pytest.raises(NotAllowedError, match="未处置"):
        office.review(case)


def test_an_answer_about_another_version_settles_nothing(office: Office) -> None:
    case = office.submit(REFER)
    office.consult(case, "f-refer")
    office.answer(case, Outcome.NOT_SECRET)
    office.files[0].write_bytes(b"second version")
    office.submit(REFER, seen=office.case(case))
    with pytest.raises(NotAllowedError, match="未处置"):
        office.review(case)


# --- opinions


@pytest.mark.parametrize("opinion", [one for one in Opinion if one is not Opinion.AGREE], ids=str)
def test_every_opinion_but_agreement_needs_words(office: Office, opinion: Opinion) -> None:
    with pytest.raises(NotAllowedError, match="缺少审核意见"):
        office.review(office.submit(), opinion, comment="", grounds=(Ground.PERSONAL_PRIVACY,))


@pytest.mark.parametrize("opinion", [Opinion.REFUSE, Opinion.PARTIAL], ids=str)
def test_withholding_needs_its_ground(office: Office, opinion: Opinion) -> None:
    with pytest.raises(NotAllowedError, match="依据"):
        office.review(office.submit(), opinion)


def test_a_part_goes_on_to_the_leader(office: Office) -> None:
    case = office.submit()
    office.review(case, Opinion.PARTIAL, grounds=(Ground.PERSONAL_PRIVACY,))
    office.approve(case)
    assert office.case(case).signoffs[0].grounds == (Ground.PERSONAL_PRIVACY,)


def test_the_leader_agrees_by_approving(office: Office) -> None:
    case = office.submit()
    office.review(case)
    with pytest.raises(NotAllowedError, match="case approve"):
        office.review(case, by="王五")


def test_a_leader_who_deferred_can_still_approve(office: Office) -> None:
    case = office.submit()
    office.review(case)
    office.review(case, Opinion.DEFER, by="王五")
    with pytest.raises(NotAllowedError, match="本件由王五"):
        office.approve(case, by="孙七")
    office.approve(case)
    assert office.case(case).status is Status.APPROVED


def test_a_reviewer_s_deferral_is_no_approval(office: Office) -> None:
    case = office.submit()
    office.review(case, Opinion.DEFER)
    with pytest.raises(NotAllowedError, match="下一步：审核人办理（李四）"):
        office.approve(case)


# --- versions and bytes


def test_a_new_version_voids_what_was_signed(office: Office) -> None:
    case = office.submit(MASK, gaps=("图1",))
    look = Inspected(file="公告.docx", place="图1", note="徽标")
    office.review(case, settled=(releasable("f-mask"),), inspected=(look,))
    office.files[0].write_bytes(b"second version")
    office.submit(MASK, gaps=("图1",), seen=office.case(case))
    state = office.case(case)
    assert (state.version, state.hop, state.signoffs, state.rulings, state.looks) == (2, 0, (), (), ())
    with pytest.raises(NotAllowedError):
        office.approve(case)
    with pytest.raises(NotAllowedError, match="1 项发现未处置、1 处未读"):
        office.review(case)


def test_what_was_looked_at_is_what_is_signed(office: Office) -> None:
    case = office.submit()
    seen = office.case(case)
    office.files[0].write_bytes(b"second version")
    office.submit(seen=seen)
    with pytest.raises(NotAllowedError, match="已有新版本"):
        act = Review(package=seen.package, opinion=Opinion.AGREE, comment="")
        procedure.review(office.pen("李四"), seen, act)


@pytest.mark.parametrize("step", ["review", "approve", "publish"])
def test_a_changed_byte_is_named(office: Office, step: str) -> None:
    case = office.submit()
    if step != "review":
        office.review(case)
    if step == "publish":
        office.approve(case)
    seen = office.case(case)
    office.files[1].write_bytes(office.files[1].read_bytes() + b" ")
    with pytest.raises(NotAllowedError, match=r"附件1\.xlsx：内容已变（应为 [0-9a-f]{12}，实为 [0-9a-f]{12}）"):
        if step == "review":
            act = Review(package=seen.package, opinion=Opinion.AGREE, comment="")
            procedure.review(office.pen("李四"), seen, act, office.files)
        elif step == "approve":
            procedure.approve(office.pen("王五"), seen, files=office.files)
        else:
            procedure.publish(office.pen("张三"), seen, office.files)


def test_a_missing_attachment_is_named(office: Office) -> None:
    with pytest.raises(NotAllowedError, match=r"附件1\.xlsx：缺少"):
        office.publish(office.approved(), files=office.files[:1])


def test_another_channel_needs_another_review(office: Office) -> None:
    case = office.approved()
    with pytest.raises(NotAllowedError, match="批准的渠道是政府网站"):
        procedure.publish(office.pen("张三"), office.case(case), office.files, Channel.NEW_MEDIA)


@pytest.mark.parametrize(("days", "minutes", "allowed"), [(30, -2, True), (30, 2, False), (400, 0, False)])
def test_an_approval_lapses(office: Office, days: int, minutes: int, allowed: bool) -> None:
    case = office.approved()
    office.now += timedelta(days=days, minutes=minutes)
    if allowed:
        office.publish(case)
        return
    with pytest.raises(NotAllowedError, match="30 天有效期"):
        office.publish(case)


def test_a_signer_who_left_leaves_no_approval_behind(office: Office) -> None:
    case = office.approved()
    procedure.revoke(office.pen("管理员"), "李四", "调离")
    with pytest.raises(NotAllowedError, match="李四已被撤销"):
        office.publish(case)


def test_a_reviewer_who_left_before_the_leader_signed(office: Office) -> None:
    case = office.submit()
    office.review(case)
    procedure.revoke(office.pen("管理员"), "李四", "调离")
    with pytest.raises(NotAllowedError, match="李四已被撤销"):
        office.approve(case)


def test_a_revoked_person_signs_nothing(office: Office) -> None:
    case = office.submit()
    procedure.revoke(office.pen("管理员"), "李四", "调离")
    with pytest.raises(NotAllowedError, match="李四不在名册上"):
        office.review(case)


# --- consults


def test_silence_is_never_consent(office: Office) -> None:
    case = office.submit()
    office.consult(case)
    office.now += timedelta(days=300)
    with pytest.raises(NotAllowedError, match="等待书面答复：青石县保密行政管理部门"):
        office.review(case)
    with pytest.raises(NotAllowedError, match="等待书面答复"):
        office.approve(case)
    assert office.case(case).status is Status.CONSULTING


def test_every_letter_is_waited_for(office: Office) -> None:
    case = office.submit()
    office.consult(case)
    assert office.consult(case, addressee=Addressee.THIRD_PARTY) == 2
    office.answer(case, Outcome.NOT_SECRET)
    assert office.case(case).status is Status.CONSULTING
    office.answer(case, Outcome.CONSENT, consult=2, by="周八")
    assert office.case(case).status is Status.SUBMITTED


@pytest.mark.parametrize(
    ("addressee", "outcome"),
    [
        (Addressee.SECRECY_ADMINISTRATION, Outcome.CONSENT),
        (Addressee.THIRD_PARTY, Outcome.NOT_SECRET),
        (Addressee.ORGAN, Outcome.SECRET),
    ],
)
def test_an_answer_fits_who_was_asked(office: Office, addressee: Addressee, outcome: Outcome) -> None:
    case = office.submit()
    office.consult(case, addressee=addressee)
    with pytest.raises(NotAllowedError, match="答复应为"):
        office.answer(case, outcome)


def test_an_answer_names_an_open_letter(office: Office) -> None:
    case = office.submit()
    office.consult(case)
    with pytest.raises(NotAllowedError, match="待答复：1"):
        office.answer(case, Outcome.NOT_SECRET, consult=2)


def test_a_letter_is_dated_and_about_something(office: Office) -> None:
    case = office.submit()
    with pytest.raises(NotAllowedError, match="商请日期"):
        office.consult(case, day="三月")
    with pytest.raises(NotAllowedError, match="没有发现项 x"):
        office.consult(case, "x")


def test_a_doubt_after_the_approval_takes_it_back(office: Office) -> None:
    case = office.approved()
    office.consult(case, by="王五")
    with pytest.raises(NotAllowedError):
        office.publish(case)
    office.answer(case, Outcome.NOT_SECRET, by="王五")
    state = office.case(case)
    assert (state.status, [one.by for one in state.signoffs]) == (Status.REVIEWED, ["李四"])
    office.approve(case)
    office.publish(case)


def test_a_reviewer_s_doubt_takes_back_the_own_sign_off_too(office: Office) -> None:
    case = office.approved()
    office.consult(case, by="赵六")
    office.answer(case, Outcome.NOT_SECRET)
    assert office.case(case).signoffs == ()
    with pytest.raises(NotAllowedError, match="本件由赵六"):
        office.review(case, by="李四")


# --- after publication, handing over


def test_a_suspected_leak_starts_a_clock(office: Office) -> None:
    case = office.published()
    take_down(office, case, suspected_leak=True, by="管理员")
    state = office.case(case)
    assert state.leak_deadline == state.history[-1].at + timedelta(hours=24)


def test_an_ordinary_removal_starts_none(office: Office) -> None:
    case = office.published()
    take_down(office, case)
    assert office.case(case).leak_deadline is None


def test_evidence_is_kept_by_digest(office: Office) -> None:
    case = office.published()
    shot = office.folder / "截图.png"
    shot.write_bytes(b"picture")
    procedure.take_down(office.pen("张三"), office.case(case), "误发", suspected_leak=True, evidence=[shot])
    act = office.case(case).history[-1].act
    assert act.evidence[0].name == "截图.png"  # type: ignore[union-attr]


def test_open_cases_are_handed_over(office: Office) -> None:
    open_one, closed, approved = office.submit(), office.published(), office.approved()
    assert procedure.hand_over(office.pen("张三"), "张三", "钱二", "调离") == (open_one, approved)
    office.publish(approved, by="钱二")
    with pytest.raises(NotAllowedError, match="本件由钱二"):
        procedure.withdraw(office.pen("张三"), office.case(open_one), "不发了")
    assert office.case(closed).publisher == "张三"


def test_an_administrator_hands_over_for_who_has_left(office: Office) -> None:
    case = office.submit()
    office.consult(case)
    procedure.revoke(office.pen("管理员"), "李四", "调离")
    office.answer(case, Outcome.NOT_SECRET, by="赵六")
    with pytest.raises(NotAllowedError, match="本件由李四"):
        office.review(case, by="赵六")
    assert procedure.hand_over(office.pen("管理员"), "李四", "赵六", "李四调离") == (case,)
    office.review(case, by="赵六")


@pytest.mark.parametrize(
    ("by", "taker", "why"),
    [
        ("李四", "钱二", "本人或管理员"),
        ("张三", "李四", "不是发布人"),
        ("张三", "郑十", "不是发布人"),
        ("张三", "张三", "不能接手 2026-0001"),
    ],
)
def test_handing_over_has_its_limits(office: Office, by: str, taker: str, why: str) -> None:
    office.submit()
    with pytest.raises(NotAllowedError, match=why):
        procedure.hand_over(office.pen(by), "张三", taker, "调离")


def test_a_case_is_not_handed_to_who_has_another_duty_in_it(office: Office) -> None:
    merge(office, "李四", Role.PUBLISHER)
    case = office.submit()
    office.review(case)
    with pytest.raises(NotAllowedError, match="李四在 2026-0001 中另有职责"):
        procedure.hand_over(office.pen("张三"), "张三", "李四", "调离")


def test_who_took_a_case_over_does_not_review_it(office: Office) -> None:
    merge(office, "钱二", Role.REVIEWER)
    case = office.submit()
    procedure.hand_over(office.pen("张三"), "张三", "钱二", "调离")
    with pytest.raises(NotAllowedError, match="已在本件中任发布人"):
        office.review(case, by="钱二")


def test_a_clock_behind_the_ledger_is_refused(office: Office) -> None:
    office.submit()
    office.now -= timedelta(days=2)
    with pytest.raises(NotAllowedError, match="请校正本机时间"):
        office.submit()


def test_reasons_are_words_and_not_documents(office: Office) -> None:
    case = office.submit()
    with pytest.raises(NotAllowedError, match="不要粘贴文件内容"):
        office.review(case, comment="字" * 1001)
