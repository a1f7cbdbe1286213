"""Chains as data: each shipped one walked to its end, each unsound one refused with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.errors import ConfigurationError, NotAllowedError
from reviewer.signoff import procedure
from reviewer.signoff.act import About, Inspected
from reviewer.signoff.chain import Chain, Facts, Merger, check_chain
from reviewer.signoff.chain_file import read_chain, vary_chain
from reviewer.signoff.form import form
from reviewer.signoff.keys import OpenKey
from reviewer.signoff.ledger import create_ledger
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.presets import default_chain, names, preset
from reviewer.signoff.proof import Standing, all_hold
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import verify_record
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Attribute, Channel, Opinion, Origin, Overdue, Role, Status
from reviewer.strict import Table
from reviewer.terms import Action, Category, Decision, Ruling, Severity

from .office import UNIT, Office, releasable, screening_of, warned
from .printed import text_of

PLAIN = Facts(
    channel=Channel.WEBSITE, origin=Origin.OWN, attribute=Attribute.PROACTIVE, severity=None, categories=frozenset(),
    important=False, unread=False, exempted=False,
)  # fmt: skip
SECRET = frozenset({Category.STATE_SECRET})
STAFF = {role: f"{role.zh}甲" for role in Role if role is not Role.ADMINISTRATOR}


# --- the shipped chains


def test_the_default_is_publisher_reviewer_leader() -> None:
    assert default_chain() == preset("three")
    assert [hop.role for hop in default_chain().hops] == [Role.REVIEWER, Role.LEADER]
    assert (default_chain().review_days, default_chain().consult_days) == (5, 15)


def test_every_preset_has_its_source_and_is_sound() -> None:
    assert set(names()) == {
        "two", "three", "three_risk", "four_nt", "four_committee", "six_ls", "by_channel", "by_origin", "univ",
    }  # fmt: skip
    for name in names():
        assert preset(name).title
        assert preset(name).source
        check_chain(preset(name))
    with pytest.raises(ConfigurationError, match=r"现有：.*three"):
        preset("九级")


@pytest.mark.parametrize(
    ("name", "facts", "due"),
    [
        ("two", PLAIN, "leader"),
        ("three", replace(PLAIN, severity=Severity.CRITICAL), "reviewer leader"),
        ("three_risk", PLAIN, "section_head leader"),
        ("three_risk", replace(PLAIN, severity=Severity.LOW), "section_head leader"),
        ("three_risk", replace(PLAIN, severity=Severity.MEDIUM), "section_head leader main_leader"),
        ("three_risk", replace(PLAIN, important=True), "section_head leader main_leader"),
        ("three_risk", replace(PLAIN, unread=True), "section_head leader main_leader"),
        ("three_risk", replace(PLAIN, exempted=True), "section_head leader main_leader"),
        ("four_nt", PLAIN, "section_head secrecy_reviewer main_leader"),
        ("four_committee", PLAIN, "section_head secrecy_office secrecy_committee"),
        ("six_ls", PLAIN, "section_head leader secrecy_reviewer main_leader"),
        ("by_channel", PLAIN, "section_head secrecy_leader"),
        ("by_channel", replace(PLAIN, channel=Channel.PRESS), "section_head publicity_leader"),
        ("by_channel", replace(PLAIN, channel=Channel.ON_REQUEST), "section_head leader"),
        ("by_channel", replace(PLAIN, channel=Channel.ON_REQUEST, important=True), "section_head leader main_leader"),
        ("by_channel", replace(PLAIN, important=True), "section_head secrecy_leader"),
        ("by_origin", PLAIN, "reviewer leader"),
        ("by_origin", replace(PLAIN, origin=Origin.REPOST), "reviewer main_leader"),
        ("by_origin", replace(PLAIN, categories=SECRET), "reviewer secrecy_office leader"),
        ("univ", PLAIN, "section_head disclosure_office leader"),
        ("univ", replace(PLAIN, categories=SECRET, severity=Severity.HIGH),
         "section_head business_dept disclosure_office leader secrecy_committee"),
        ("univ", replace(PLAIN, categories=frozenset({Category.TRADE_SECRET})),
         "section_head business_dept disclosure_office leader"),
    ],
)  # fmt: skip
def test_the_way_through_a_preset(name: str, facts: Facts, due: str) -> None:
    assert " ".join(preset(name).due(facts)) == due


# --- an office under any chain


class Unit(Office):
    """An office in which every role of the trade has one person of its own."""

    def send(self, channel: Channel = Channel.WEBSITE, *findings: object, seen: object = None, **more: object) -> str:
        proposed = more.pop("proposed", ())
        gaps = more.pop("gaps", ())
        manifest = read_manifest(self.files)
        screening = screening_of(manifest, *findings, gaps=gaps)  # type: ignore[arg-type]
        about = About(title="季度公告", **more)  # type: ignore[arg-type]
        return procedure.submit(
            self.pen(STAFF[self.chain.submitter]), manifest, screening, channel, about, seen, proposed  # type: ignore[arg-type]
        )  # fmt: skip

    @property
    def chain(self) -> Chain:
        return procedure.roster_of(self.ledger).chain

    def sign(self, number: str, **more: object) -> None:
        """The present station agrees, by whichever act is its own."""
        case = self.case(number)
        assert case.present is not None
        by = STAFF[case.present.role]
        if case.hop == len(case.due) - 1:
            procedure.approve(self.pen(by), case)
        else:
            self.review(number, by=by, **more)  # type: ignore[arg-type]

    def out(self, number: str) -> None:
        procedure.publish(self.pen(STAFF[Role.PUBLISHER]), self.case(number), self.files)


@pytest.fixture
def unit(tmp_path: Path, bare_office: Office, staff_keys: dict[str, OpenKey]) -> Iterator[Callable[[Chain], Unit]]:
    """`unit(chain)` founds a ledger with that chain, one person in each role."""
    opened = []

    def founded(chain: Chain) -> Unit:
        ledger = create_ledger(tmp_path / f"{chain.name}.db")
        opened.append(ledger)
        keys = {**bare_office.keys, **staff_keys}
        made = Unit(folder=tmp_path, ledger=ledger, keys=keys, files=bare_office.files)
        procedure.found(made.pen("管理员"), UNIT, chain)
        for role in dict.fromkeys((chain.submitter, Role.PUBLISHER, *(hop.role for hop in chain.hops))):
            procedure.enrol(made.pen("管理员"), STAFF[role], role, keys[STAFF[role]].public_key)
        return made

    yield founded
    for ledger in opened:
        ledger.close()


@pytest.fixture(scope="session")
def staff_keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, OpenKey]:
    from reviewer.signoff.keyfile import create_key

    home = tmp_path_factory.mktemp("staff")
    return {name: create_key(home, name, "") for name in STAFF.values()}


@pytest.mark.parametrize(
    ("name", "channel", "more"),
    [
        *((name, Channel.WEBSITE, {}) for name in names()),
        ("three_risk", Channel.WEBSITE, {"important": True}),
        ("by_channel", Channel.BROADCAST, {}),
        ("by_channel", Channel.ON_REQUEST, {"important": True, "attribute": Attribute.ON_REQUEST}),
        ("by_origin", Channel.WEBSITE, {"origin": Origin.SUPERIOR}),
        ("univ", Channel.WEBSITE, {"important": True}),
    ],
)
def test_a_preset_from_submission_to_publication(
    unit: Callable[[Chain], Unit], name: str, channel: Channel, more: dict[str, object]
) -> None:
    office = unit(preset(name))
    number = office.send(channel, **more)
    due = office.case(number).due
    for role in due:
        with pytest.raises(NotAllowedError):
            office.out(number)
        assert f"{STAFF[role]}" in procedure_next(office, number)
        office.sign(number)
    office.out(number)
    case = office.case(number)
    assert (case.status, case.publisher) == (Status.PUBLISHED, STAFF[Role.PUBLISHER])
    assert [(one.role, one.by) for one in case.signoffs] == [(role, STAFF[role]) for role in due]
    record = write_record(export_record(office.ledger, number))
    steps = {step.name: step for step in verify_record(record, office.files)}
    assert all_hold(steps.values()), steps
    assert name in steps["审批链"].detail
    if more:  # the paper of each chain once
        return
    paper = text_of(form(case, procedure.roster_of(office.ledger), {}))
    assert all(f"{hop.zh}\n意见" in paper for hop in case.hops)
    assert preset(name).title in paper


def procedure_next(office: Office, number: str) -> str:
    from reviewer.signoff.pending import next_step

    return next_step(office.case(number), procedure.roster_of(office.ledger))


def test_a_drafter_submits_and_any_publisher_publishes(unit: Callable[[Chain], Unit]) -> None:
    office = unit(preset("four_nt"))
    number = office.send()
    office.review(number, Opinion.RETURN, by=STAFF[Role.SECTION_HEAD])
    assert "承办人甲改后重新送审" in procedure_next(office, number)
    assert office.send(seen=office.case(number)) == number
    for _ in range(3):
        office.sign(number)
    assert office.case(number).publisher == ""
    assert "发布人甲发布" in procedure_next(office, number)
    with pytest.raises(NotAllowedError, match="不是发布人"):
        procedure.publish(office.pen(STAFF[Role.DRAFTER]), office.case(number), office.files)
    office.out(number)


def test_two_people_settle_a_finding_together(unit: Callable[[Chain], Unit]) -> None:
    """Nobody approves the own exemption: the publisher proposes it, the leader accepts it by name."""
    office, found = unit(preset("two")), warned("f-mask")
    number = office.send(Channel.WEBSITE, found, gaps=("图1",))
    with pytest.raises(NotAllowedError, match="1 项发现未处置、1 处未读未签注"):
        office.sign(number)
    office.send(Channel.WEBSITE, found, gaps=("图1",), seen=office.case(number), proposed=(releasable("f-mask"),))
    look = Inspected(file="公告.docx", place="图1", note="仅为徽标")
    procedure.approve(office.pen(STAFF[Role.LEADER]), office.case(number), inspected=(look,))
    act = office.case(number).history[-1].act
    assert act.accepted == ("f-mask",)  # type: ignore[union-attr]
    office.out(number)
    paper = text_of(form(office.case(number), procedure.roster_of(office.ledger), {}))
    assert "可公开：方案规定应当公示（发布人甲拟，签批人已确认）" in paper
    assert "已看：仅为徽标（分管领导甲）" in paper


def test_a_proposal_settles_nothing_before_a_reviewer(unit: Callable[[Chain], Unit]) -> None:
    office = unit(preset("three"))
    number = office.send(Channel.WEBSITE, warned("f-mask"), proposed=(releasable("f-mask"),))
    with pytest.raises(NotAllowedError, match="1 项发现未处置"):
        office.sign(number)
    office.sign(number, settled=(releasable("f-mask"),))
    office.sign(number)


def test_what_is_true_is_not_proposed(unit: Callable[[Chain], Unit]) -> None:
    with pytest.raises(NotAllowedError, match="先改再送审"):
        unit(preset("two")).send(
            Channel.WEBSITE, warned("f-mask"), proposed=(releasable("f-mask", Ruling.CONFIRMED),)
        )  # fmt: skip


def test_a_signer_sends_it_higher(unit: Callable[[Chain], Unit]) -> None:
    office = unit(preset("three_risk"))
    number = office.send()
    assert office.case(number).due == (Role.SECTION_HEAD, Role.LEADER)
    office.review(number, Opinion.SUBMIT_UP, by=STAFF[Role.SECTION_HEAD], comment="事关重大，需报主要领导")
    assert office.case(number).due == (Role.SECTION_HEAD, Role.LEADER, Role.MAIN_LEADER)
    office.sign(number)
    with pytest.raises(NotAllowedError):
        office.out(number)
    with pytest.raises(NotAllowedError, match="没有更高一级"):
        office.review(number, Opinion.SUBMIT_UP, by=STAFF[Role.MAIN_LEADER], comment="再报")
    office.sign(number)
    office.out(number)


def test_sending_higher_stays_within_the_channel(unit: Callable[[Chain], Unit]) -> None:
    office = unit(preset("by_channel"))
    number = office.send()
    with pytest.raises(NotAllowedError, match="没有更高一级"):
        office.review(number, Opinion.SUBMIT_UP, by=STAFF[Role.SECTION_HEAD], comment="需报审")


def test_a_case_keeps_the_chain_it_began_with(unit: Callable[[Chain], Unit]) -> None:
    office = unit(preset("three"))
    number = office.send()
    procedure.enrol(
        office.pen("管理员"), STAFF[Role.MAIN_LEADER], Role.MAIN_LEADER, office.keys[STAFF[Role.MAIN_LEADER]].public_key
    )
    procedure.adopt(office.pen("管理员"), preset("by_origin"), "领导分工调整")
    office.review(number, Opinion.RETURN, by=STAFF[Role.REVIEWER])
    office.send(seen=office.case(number), origin=Origin.REPOST)
    assert office.case(number).due == (Role.REVIEWER, Role.LEADER)
    later = office.send(origin=Origin.REPOST)
    assert office.case(later).due == (Role.REVIEWER, Role.MAIN_LEADER)
    assert office.case(later).submitted.route.chain == "by_origin"  # type: ignore[union-attr]
    assert all_hold(verify_ledger(office.ledger))


def test_only_an_administrator_adopts_a_chain(unit: Callable[[Chain], Unit]) -> None:
    office = unit(preset("three"))
    with pytest.raises(NotAllowedError, match="管理员"):
        procedure.adopt(office.pen(STAFF[Role.LEADER]), preset("two"), "图快")
    with pytest.raises(NotAllowedError, match="缺少改用审批链的理由"):
        procedure.adopt(office.pen("管理员"), preset("two"), " ")
    with pytest.raises(NotAllowedError, match="没有变化"):
        procedure.adopt(office.pen("管理员"), preset("three"), "重申")
    bad = replace(preset("three"), name="自审", hops=preset("three").hops[:1])
    with pytest.raises(NotAllowedError, match="最后一级必须是分管领导"):
        procedure.adopt(office.pen("管理员"), bad, "图快")


@pytest.mark.parametrize("forged", [None, ("leader",), ("reviewer", "leader", "main_leader")], ids=str)
def test_a_submission_cannot_choose_its_way(unit: Callable[[Chain], Unit], forged: tuple[str, ...] | None) -> None:
    from reviewer.signoff.act import Route
    from reviewer.signoff.entry import propose
    from reviewer.signoff.guard import allowed

    office = unit(preset("three"))
    number = office.send()
    case, roster = office.case(number), procedure.roster_of(office.ledger)
    way = Route(chain="three", hops=tuple(Role(role) for role in forged)) if forged else None
    act = replace(case.submitted, version=2, route=way)
    signer = office.keys[STAFF[Role.PUBLISHER]]
    statement = propose(signer, office.ledger.head(), case.history[-1].time, number, act)
    with pytest.raises(NotAllowedError, match="审批路径与本单位审批链 three 不符"):
        allowed(case, statement, roster)


@pytest.mark.parametrize("drafter", ["分管领导甲", "陈一、分管领导甲", "陈一 分管领导甲", "分管领导甲；陈一"])
def test_nobody_approves_the_own_draft(unit: Callable[[Chain], Unit], drafter: str) -> None:
    office = unit(preset("three"))
    number = office.send(drafter=drafter)
    office.sign(number)
    assert "名册上无人" in procedure_next(office, number)
    with pytest.raises(NotAllowedError, match="不能审批自己的稿件"):
        office.sign(number)


def test_nobody_approves_the_own_exemption(unit: Callable[[Chain], Unit]) -> None:
    """Set aside beforehand by the leader: another leader has to sign."""
    from reviewer.signoff.screening import LeftOut

    office = unit(preset("three"))
    aside = LeftOut(fingerprint="f", rule="personal-privacy/plate", by=STAFF[Role.LEADER], reason="公务用车", until="")
    manifest = read_manifest(office.files)
    screening = screening_of(manifest, decision=Decision.CLEAR)
    first, *rest = screening.files
    screening = replace(screening, files=(replace(first, set_aside=(aside,)), *rest))
    about = About(title="公务用车处置公告")
    number = procedure.submit(office.pen(STAFF[Role.PUBLISHER]), manifest, screening, Channel.WEBSITE, about)
    office.sign(number)
    with pytest.raises(NotAllowedError, match="分管领导甲本人作出的例外"):
        office.sign(number)


# --- merged roles


MERGED = Merger(roles=(Role.REVIEWER, Role.LEADER), reason="全所仅三名干部")


def township(unit: Callable[[Chain], Unit], *mergers: Merger) -> Unit:
    """One person is both reviewer and leader, by exception."""
    office = unit(replace(preset("three"), merged=mergers))
    name = STAFF[Role.REVIEWER]
    procedure.enrol(office.pen("管理员"), name, Role.LEADER, office.keys[name].public_key, "全所仅三名干部")
    return office


def test_roles_merge_only_where_the_chain_says_so(unit: Callable[[Chain], Unit]) -> None:
    office = township(unit)
    number = office.send()
    office.sign(number)
    with pytest.raises(NotAllowedError, match="审核人甲（或同一把密钥）已在本件中任审核人"):
        office.approve(number, by=STAFF[Role.REVIEWER])


def test_merged_roles_are_recorded_and_printed(unit: Callable[[Chain], Unit]) -> None:
    office = township(unit, MERGED)
    number = office.send()
    office.sign(number)
    office.approve(number, by=STAFF[Role.REVIEWER])
    office.out(number)
    steps = verify_record(write_record(export_record(office.ledger, number)), office.files)
    assert all_hold(steps)
    told = {step.name: step.detail for step in steps if step.standing is Standing.NOTICE}
    assert told["本件角色合并"] == "审核人甲兼审核人、分管领导：全所仅三名干部"
    assert told["角色合并"].startswith("审核人甲")
    paper = text_of(form(office.case(number), procedure.roster_of(office.ledger), {}))
    assert "允许一人兼审核人、分管领导，理由：全所仅三名干部" in paper
    assert "角色合并：审核人甲兼分管领导" in paper


def test_merged_roles_do_not_approve_their_own_exemption(unit: Callable[[Chain], Unit]) -> None:
    office = township(unit, MERGED)
    number = office.send(Channel.WEBSITE, warned("f-refer", Action.REFER))
    office.sign(number, settled=(releasable("f-refer"),))
    with pytest.raises(NotAllowedError, match="审核人甲本人作出的例外"):
        office.approve(number, by=STAFF[Role.REVIEWER])
    office.approve(number, by=STAFF[Role.LEADER])


# --- what people write


SOUND = """
title = "本单位"
[[hop]]
role = "reviewer"
[[hop]]
role = "leader"
"""


def written(text: str) -> Chain:
    return read_chain(Table(tomllib.loads(text), "reviewer.toml chain"), "own")


def test_a_chain_as_people_write_it() -> None:
    chain = written(SOUND)
    assert [hop.opinions for hop in chain.hops] == [(Opinion.AGREE, Opinion.PARTIAL)] * 2
    assert (chain.approval_ttl_days, chain.review_days, chain.submitter) == (30, 5, Role.PUBLISHER)


def test_a_preset_with_own_limits() -> None:
    table = Table(tomllib.loads('review_days = 2\non_timeout = "escalate"'), "reviewer.toml chain")
    own = vary_chain(table, preset("three"))
    assert own == replace(preset("three"), review_days=2, on_timeout=Overdue.ESCALATE)


HOP = '\n[[hop]]\nrole = "{}"'
UNSOUND = {
    "no title": (SOUND.replace('title = "本单位"', ""), "缺少“title”"),
    "no hop": ('title = "本单位"\nhop = []', "审批应有 1 至 8 级"),
    "no role": ('title = "本单位"\n[[hop]]\ntitle = "审"', r"chain hop 1：缺少“role”"),
    "unknown role": (SOUND.replace("reviewer", "king"), r"hop 1：“role”不认识“king”，可用：drafter、publisher"),
    "unknown key": (SOUND + 'skip = true', r"hop 2：不认识的键：skip"),
    "duties not kept apart": ("separate_duties = false\n" + SOUND, "不认识的键：separate_duties"),
    "publisher reviews": (SOUND.replace('"reviewer"', '"publisher"'), "发布人不能是审批的一级"),
    "drafter reviews": (SOUND.replace('"reviewer"', '"drafter"'), "承办人不能是审批的一级"),
    "administrator signs": (SOUND.replace('"leader"', '"administrator"'), "管理员不能是审批的一级"),
    "a role twice": (SOUND.replace('"reviewer"', '"leader"'), "分管领导出现了两次"),
    "no leader": (SOUND.replace('"leader"', '"secrecy_office"'), "最后一级必须是分管领导"),
    "leader not last": (SOUND + HOP.format("secrecy_office"), "最后一级必须是分管领导"),
    "leader only when grave": (SOUND + '[[hop.when]]\nseverity = "high"', "最后一级必须是分管领导.*没有发现项"),
    "leader for one channel": (SOUND + '[[hop.when]]\nchannel = ["website"]', "渠道为政务新媒体"),
    "nobody for one origin": (
        'title = "x"\n[[hop]]\nrole = "leader"\n[[hop.when]]\norigin = ["own", "superior", "repost"]', "来源为其他机关",
    ),
    "empty condition": (SOUND + "[[hop.when]]\nimportant = false", "hop 2 when 1：条件是空的"),
    "unknown severity": (SOUND + '[[hop.when]]\nseverity = "huge"', "“severity”不认识“huge”"),
    "unknown channel": (SOUND + '[[hop.when]]\nchannel = ["网站"]', "“channel”不认识“网站”"),
    "misspelt condition": (SOUND + '[[hop.when]]\nchanel = ["website"]', "不认识的键：chanel"),
    "silence approves": ('on_timeout = "approve"\n' + SOUND, "逾期不视为同意"),
    "unknown timeout": ('on_timeout = "skip"\n' + SOUND, "“on_timeout”不认识“skip”"),
    "opinion that stops": (SOUND.replace('"reviewer"', '"reviewer"\nopinions = ["refuse"]'), "放行的意见只能是"),
    "no opinion": (SOUND.replace('"reviewer"', '"reviewer"\nopinions = ["partial"]'), "放行的意见只能是"),
    "lasts for ever": ("approval_ttl_days = 100000\n" + SOUND, "批准有效期应为 1 至 366 天"),
    "no time at all": ("review_days = 0\n" + SOUND, "审查时限应为 1 至 366 天"),
    "days as words": ('review_days = "五"\n' + SOUND, "“review_days”应为整数"),
    "a reviewer submits": ('submitter = "reviewer"\n' + SOUND, "送审的只能是发布人或承办人"),
    "publisher merged": (
        SOUND + '[[merged]]\nroles = ["publisher", "leader"]\nreason = "人少"', "发布人、承办人不能与审批合并",
    ),
    "merged with nobody": (SOUND + '[[merged]]\nroles = ["leader"]\nreason = "人少"', "只能写链上的两个审批角色"),
    "merged without reason": (SOUND + '[[merged]]\nroles = ["reviewer", "leader"]', "缺少“reason”"),
    "nine hops": (
        'title = "x"' + "".join(
            HOP.format(role) for role in (
                "reviewer", "proofreader", "section_head", "secrecy_reviewer", "disclosure_office", "business_dept",
                "secrecy_office", "leader", "main_leader",
            )
        ), "审批应有 1 至 8 级",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "why"), UNSOUND.values(), ids=UNSOUND)
def test_unsound_chains_are_refused_with_their_reason(text: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=why) as refused:
        written(text)
    assert str(refused.value).startswith("reviewer.toml chain")
