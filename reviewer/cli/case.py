"""`reviewer case`: one package on its way from the publisher over the reviewer to the leader, and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.case_after import archive, correct, extend, incident, ratify, reassess, reported
from reviewer.cli.case_objection import decide, lapse, objection
from reviewer.cli.case_page import asked, listed, told
from reviewer.cli.case_paper import letter
from reviewer.cli.case_redacted import redacted
from reviewer.cli.due import due
from reviewer.cli.find import find
from reviewer.cli.flow import flow
from reviewer.cli.resting import proposing, resting_on
from reviewer.cli.ruling import inspections, settlements
from reviewer.cli.setting import PolicyOption, ScenarioOption, TodayOption, settings
from reviewer.cli.signing import (
    ByOption,
    CaseArgument,
    LedgerOption,
    PassphraseOption,
    ReasonOption,
    opened,
    pen,
)
from reviewer.errors import NothingReadError, UsageError
from reviewer.language import tr
from reviewer.screen import screener_for
from reviewer.screen.one import Task
from reviewer.screen.package import review_package
from reviewer.signoff import procedure
from reviewer.signoff.act import About, Answer, Consult, Review, Settled
from reviewer.signoff.case import CaseState
from reviewer.signoff.catalogue import Catalogue
from reviewer.signoff.consistency import AGREES_ON_REQUEST, check_words
from reviewer.signoff.duty import next_step
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.office import read_office
from reviewer.signoff.partial import check_part_of
from reviewer.signoff.screening import summary
from reviewer.signoff.succession_rules import adopted
from reviewer.signoff.vocabulary import Addressee, Attribute, Channel, Ground, Opinion, Origin, Outcome, Remedy
from reviewer.terms import Review as Reviewed

app = typer.Typer(
    name="case",
    help=tr("送审件：送审、审核、商请、批准、发布", "cases: submit, review, consult, approve, publish"),
    no_args_is_help=True,
)

FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help=tr("正文和全部附件", "the draft, all attachments"))
]
CommentOption = Annotated[
    str, typer.Option("--comment", help=tr("意见（不要写文件内容）", "a comment, without content"))
]


@app.command(
    "submit",
    help=tr(
        "送审：筛查全部文件，冻结字节，打印编号。", "submit: screens all files, freezes their bytes, prints the number"
    ),
)
def submit(
    files: FilesArgument,
    by: ByOption,
    channel: Annotated[Channel, typer.Option("--channel", help=tr("发布渠道", "where it will appear"))],
    title: Annotated[str | None, typer.Option("--title", help=tr("信息名称（默认取首个文件名）", "title"))] = None,
    document_number: Annotated[str, typer.Option("--number", help=tr("文号", "document number"))] = "",
    section: Annotated[str, typer.Option("--section", help=tr("承办科室", "section"))] = "",
    drafter: Annotated[str, typer.Option("--drafter", help=tr("承办人", "drafter"))] = "",
    summary_text: Annotated[str, typer.Option("--summary", help=tr("内容要点", "gist"))] = "",
    attribute: Annotated[
        Attribute, typer.Option("--attribute", help=tr("公开属性", "attribute"))
    ] = Attribute.PROACTIVE,
    origin: Annotated[Origin, typer.Option("--origin", help=tr("信息来源", "origin"))] = Origin.OWN,
    important: Annotated[
        bool, typer.Option("--important", help=tr("重要、敏感信息（审批链可能多经一级）", "important or sensitive"))
    ] = False,
    urgent: Annotated[
        bool, typer.Option("--urgent", help=tr("急件：时限缩短，环节不减", "urgent: less time, no hop fewer"))
    ] = False,
    formed: Annotated[
        str,
        typer.Option("--formed", metavar="DATE", help=tr("信息形成日期", "when it was formed")),
    ] = "",
    requested: Annotated[
        str, typer.Option("--requested", metavar="DATE", help=tr("收到申请的日期", "when the request arrived"))
    ] = "",
    planned: Annotated[
        str, typer.Option("--planned", metavar="DATE", help=tr("拟公开时间", "the day it is to appear"))
    ] = "",
    request: Annotated[
        str, typer.Option("--request", metavar="NUMBER", help=tr("所答复的申请（request list）", "the request"))
    ] = "",
    corrects: Annotated[
        str, typer.Option("--corrects", metavar="CASE", help=tr("本件更正哪一件", "which case this one replaces"))
    ] = "",
    part_of: Annotated[
        str, typer.Option("--part-of", metavar="CASE", help=tr("本件是哪一件的区分处理副本", "a redacted copy of it"))
    ] = "",
    index: Annotated[str, typer.Option("--index", help=tr("索引号", "index in the catalogue"))] = "",
    information_class: Annotated[str, typer.Option("--class", help=tr("信息分类", "class of information"))] = "",
    content_class: Annotated[str, typer.Option("--content", help=tr("内容分类", "class of content"))] = "",
    organ: Annotated[str, typer.Option("--organ", help=tr("发布机构", "issuing organ"))] = "",
    issued: Annotated[str, typer.Option("--issued", metavar="DATE", help=tr("发文日期", "day of issue"))] = "",
    effective: Annotated[str, typer.Option("--effective", metavar="DATE", help=tr("生效日期", "day of effect"))] = "",
    abolished: Annotated[str, typer.Option("--abolished", metavar="DATE", help=tr("废止日期", "end of validity"))] = "",
    keyword: Annotated[list[str] | None, typer.Option("--keyword", help=tr("主题词（可多次）", "keywords"))] = None,
    publicity: Annotated[
        int, typer.Option("--publicity", metavar="DAYS", min=0, help=tr("公示期天数（自然日）", "days of publicity"))
    ] = 0,
    settle: Annotated[
        list[str] | None,
        typer.Option(
            "--settle",
            metavar="N=RULING:REASON",
            help=tr("对发现项提出处置意见，由审批人定", "propose rulings on findings; whoever signs decides"),
        ),
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help=tr("退回后重新送审的编号", "a returned case"))] = None,
    succeeds: Annotated[
        str | None,
        typer.Option(
            "--succeeds",
            metavar="CASE",
            help=tr("在哪件已批准的基础上改（只看改动）", "the approved case this is a new version of: only changes"),
        ),
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
    scenario: ScenarioOption = None,
    policy: PolicyOption = None,
    today: TodayOption = None,
) -> None:
    check_words(attribute, channel)
    manifest = read_manifest(files)
    reviews = _reviewed(files, channel, policy, today, scenario)
    screening = summary(reviews)
    about = About(
        title=title or files[0].stem,
        document_number=document_number,
        section=section,
        drafter=drafter,
        summary=summary_text,
        attribute=attribute,
        origin=origin,
        important=important,
        urgent=urgent,
        formed=formed,
        requested=requested,
        publicity_days=publicity,
        planned=planned,
        request=request,
        corrects=corrects,
        part_of=part_of,
        catalogue=_catalogued(
            Catalogue(
                index=index, information_class=information_class, content_class=content_class, organ=organ,
                issued=issued, formed=formed, effective=effective, abolished=abolished, keywords=tuple(keyword or ()),
            )
        ),
    )  # fmt: skip
    proposed = settlements([one.fingerprint for _, one in screening.asking()], settle or ())
    office = read_office(settings(policy, today).policy)
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case) if case else None
        if seen is None:
            procedure.check_in_force(held.ledger, office.chain)
        if about.corrects:
            procedure.open_case(held.ledger, about.corrects)
        if about.part_of:
            check_part_of(held.ledger, about.part_of, manifest)
        if about.request:
            started = procedure.open_request(held.ledger, about.request).starts
            about = replace(about, requested=about.requested or started)
        approved = procedure.open_case(held.ledger, succeeds) if succeeds else None
        screening, carried = resting_on(approved, reviews)
        number = procedure.submit(
            held, manifest, screening, channel, about, seen, proposing(approved, carried, proposed), carried
        )
        made = procedure.open_case(held.ledger, number)
        following = next_step(made, procedure.roster_of(held.ledger))
    for line in (*asked(made), following):
        typer.echo(line, err=True)  # the number alone goes to standard output, for a script
    typer.echo(number)


@app.command(
    "review",
    help=tr(
        "审核：同意、退回、不予公开等；每处发现都要裁定，每处未读都要人工核对。",
        "review: agree, return, refuse; every finding is settled, every unread part looked at",
    ),
)
def review(
    case: CaseArgument,
    by: ByOption,
    opinion: Annotated[Opinion, typer.Option("--opinion", help=tr("审核意见", "the opinion"))],
    comment: CommentOption = "",
    settle: Annotated[
        list[str] | None,
        typer.Option(
            "--settle",
            metavar="N=RULING:REASON",
            help=tr("裁定发现，如 1,2=false_positive:系样例", "rule on findings, by their number in case show"),
        ),
    ] = None,
    inspected: Annotated[
        list[str] | None,
        typer.Option(
            "--inspected", metavar="N=NOTE", help=tr("人工核对未读部分，如 1=逐页看过", "parts looked at by eye")
        ),
    ] = None,
    ground: Annotated[list[Ground] | None, typer.Option("--ground", help=tr("不予公开的理由代码", "grounds"))] = None,
    reassess_on: Annotated[
        str, typer.Option("--reassess-on", metavar="DATE", help=tr("不公开的何时重新评估", "when to look again"))
    ] = "",
    file: Annotated[
        list[Path] | None, typer.Option("--file", help=tr("核对手头文件与送审件是否一致", "compare files"))
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        act = Review(
            package=seen.package,
            opinion=opinion,
            comment=comment,
            grounds=tuple(ground or ()),
            settled=_settled(seen, opinion, settle or ()),
            inspected=inspections(seen, inspected or ()),
            reassess_on=reassess_on,
        )
        procedure.review(held, seen, act, file or ())
        for line in told(procedure.open_case(held.ledger, case), procedure.roster_of(held.ledger))[:3]:
            typer.echo(line)


@app.command(
    "consult",
    help=tr(
        "商请：把没有把握的送保密行政管理部门、权利人或来源机关；答复前不得公开，沉默不是同意。",
        "consult the secrecy office, the owner or the origin; silence is no consent",
    ),
)
def consult(
    case: CaseArgument,
    by: ByOption,
    organ: Annotated[str, typer.Option("--organ", help=tr("去函机关", "which organ"))],
    letter: Annotated[str, typer.Option("--letter", help=tr("函号", "number of the letter"))],
    question: Annotated[
        str, typer.Option("--question", help=tr("商请事项（不得写涉密内容）", "the question, nothing secret"))
    ],
    to: Annotated[Addressee, typer.Option("--to", help=tr("商请对象", "whom"))] = Addressee.SECRECY_ADMINISTRATION,
    day: Annotated[str | None, typer.Option("--date", help=tr("函的日期（默认今天）", "date of the letter"))] = None,
    finding: Annotated[
        list[int] | None, typer.Option("--finding", help=tr("所商请的发现（case show 的序号）", "findings asked about"))
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        act = Consult(
            package=seen.package,
            addressee=to,
            organ=organ,
            letter=letter,
            day=day or date.today().isoformat(),
            question=question,
            fingerprints=tuple(_numbered(seen.asking, at) for at in finding or range(1, len(seen.asking) + 1)),
        )
        number = procedure.consult(held, seen, act)
    typer.echo(tr(f"已登记商请第 {number} 号", f"consult number {number}"))


@app.command("answer", help=tr("登记书面答复。", "record the written answer"))
def answer(
    case: CaseArgument,
    by: ByOption,
    outcome: Annotated[Outcome, typer.Option("--outcome", help=tr("答复结论", "the answer"))],
    letter: Annotated[str, typer.Option("--letter", help=tr("答复文号", "number of the answer"))],
    signatory: Annotated[str, typer.Option("--signatory", help=tr("答复签发人", "who signed it"))],
    number: Annotated[int, typer.Option("--consult", help=tr("商请序号", "which consult"))] = 1,
    day: Annotated[str | None, typer.Option("--date", help=tr("答复日期（默认今天）", "date of the answer"))] = None,
    received: Annotated[
        str | None, typer.Option("--received", help=tr("收到答复的日期（默认今天）", "the day it arrived"))
    ] = None,
    note: Annotated[str, typer.Option("--note", help=tr("备注", "note"))] = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Answer(
        consult=number,
        outcome=outcome,
        letter=letter,
        day=day or date.today().isoformat(),
        signatory=signatory,
        note=note,
        received=received or date.today().isoformat(),
    )
    with pen(ledger, by, passphrase_file) as held:
        procedure.answer(held, procedure.open_case(held.ledger, case), act)
    typer.echo(tr(f"已登记答复：{outcome.label}", f"answer recorded: {outcome.label}"))


@app.command(
    "approve",
    help=tr(
        "批准：先列出曾提示的问题及其处理，再签。",
        "approve: lists what was warned of and how it was settled, then signs",
    ),
)
def approve(
    case: CaseArgument,
    by: ByOption,
    comment: CommentOption = "",
    inspected: Annotated[
        list[str] | None,
        typer.Option(
            "--inspected", metavar="N=NOTE", help=tr("人工核对未读部分，如 1=逐页看过", "parts looked at by eye")
        ),
    ] = None,
    partial: Annotated[
        list[Ground] | None,
        typer.Option("--partial", help=tr("部分公开（区分处理）：其余部分不公开的理由代码", "a part: why not all")),
    ] = None,
    file: Annotated[
        list[Path] | None, typer.Option("--file", help=tr("核对手头文件与送审件是否一致", "compare files"))
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        for line in told(seen, procedure.roster_of(held.ledger)):
            typer.echo(line, err=True)
        looks = inspections(seen, inspected or ())
        procedure.approve(held, seen, comment, file or (), looks, tuple(partial or ()))
    typer.echo(tr(f"{case} 已批准", f"{case} approved"))


@app.command(
    "publish",
    help=tr(
        "发布：逐字节核对与批准件一致，才登记为已发布。", "publish: only what is byte for byte the approved package"
    ),
)
def publish(
    case: CaseArgument,
    files: FilesArgument,
    by: ByOption,
    channel: Annotated[Channel | None, typer.Option("--channel", help=tr("发布渠道", "channel"))] = None,
    address: Annotated[str, typer.Option("--address", help=tr("发布网址或位置", "where it was put"))] = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
    scenario: ScenarioOption = None,
    policy: PolicyOption = None,
    today: TodayOption = None,
) -> None:
    _check_present(files)
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        again = summary(_reviewed(files, seen.submitted.channel, policy, today, scenario))
        procedure.publish(held, seen, files, channel, address, again)
    typer.echo(tr(f"{case} 已发布", f"{case} published"))


@app.command("withdraw", help=tr("撤回未发布的件。", "withdraw an unpublished case"))
def withdraw(
    case: CaseArgument, by: ByOption, reason: ReasonOption, ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:  # fmt: skip
    with pen(ledger, by, passphrase_file) as held:
        procedure.withdraw(held, procedure.open_case(held.ledger, case), reason)
    typer.echo(tr(f"{case} 已撤回", f"{case} withdrawn"))


@app.command("takedown", help=tr("撤除已发布的件。", "take down what was published"))
def takedown(
    case: CaseArgument,
    by: ByOption,
    reason: ReasonOption,
    leak: Annotated[
        bool, typer.Option("--leak", help=tr("疑似泄密（起 24 小时报告时限）", "a suspected leak"))
    ] = False,
    evidence: Annotated[
        list[Path] | None, typer.Option("--evidence", help=tr("证据文件（只存指纹）", "evidence"))
    ] = None,
    also: Annotated[
        list[Remedy] | None,
        typer.Option("--also", help=tr("还撤下了哪里（可多次）", "where else it was removed")),
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        procedure.take_down(
            held, seen, reason, suspected_leak=leak, evidence=evidence or (), remedies=tuple(also or ())
        )
        for line in told(procedure.open_case(held.ledger, case), procedure.roster_of(held.ledger))[:3]:
            typer.echo(line)


@app.command(
    "handover",
    help=tr("把一个人手上未办结的件全部移交给另一个人。", "hand over all open cases of one person to another"),
)
def handover(
    giver: Annotated[str, typer.Option("--from", help=tr("移交人", "from whom"))],
    taker: Annotated[str, typer.Option("--to", help=tr("接收人", "to whom"))],
    by: ByOption,
    reason: ReasonOption,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        numbers = procedure.hand_over(held, giver, taker, reason)
    typer.echo(tr(f"已移交 {len(numbers)} 件：", f"{len(numbers)} handed over: ") + "、".join(numbers))


@app.command(
    "show",
    help=tr(
        "一件的全部情况：文件、提示及处理、各人意见、下一步谁做什么。",
        "all of one case: files, warnings and how each was settled, opinions, who does what next",
    ),
)
def show(case: CaseArgument, ledger: LedgerOption = None) -> None:
    with opened(ledger) as kept:
        for line in told(procedure.open_case(kept, case), procedure.roster_of(kept)):
            typer.echo(line)


@app.command("list", help=tr("列出送审件。", "list the cases"))
def list_cases(
    open_only: Annotated[bool, typer.Option("--open", help=tr("只列未办结的", "only open ones"))] = False,
    ledger: LedgerOption = None,
) -> None:
    with opened(ledger) as kept:
        for state in procedure.all_cases(kept):
            if state.is_open or not open_only:
                typer.echo(listed(state))


app.command(
    "lapse",
    help=tr(
        "逾期未答复：第三方的由本机关决定公开或不公开，共同制作机关的（依申请）视为同意。",
        "no answer in time: what is concluded from it, and why",
    ),
)(lapse)
app.command(
    "objection",
    help=tr("登记异议（未经征求或后到的）：此前的签批全部作废。", "an objection nobody asked for voids every sign-off"),
)(objection)
app.command("decide", help=tr("对异议作出决定并写明理由。", "decide on an objection, with the reason"))(decide)
app.command("extend", help=tr("依申请公开延期答复（条例第三十三条）。", "more time for the answer to a request"))(
    extend
)
app.command(
    "correct", help=tr("登记更正：本件由另一件（已审已发）取代。", "replaced by another case, reviewed and published")
)(correct)
app.command(
    "incident",
    help=tr("登记疑似泄密事件，起 24 小时报告时限。", "a suspected leak: starts the clock of 24 hours"),
)(incident)
app.command("reported", help=tr("登记已向谁、何时报告。", "to whom and when it was reported"))(reported)
app.command(
    "letter",
    help=tr(
        "商请函、第三方意见征询书、疑似泄密事件报告（Word，不含涉密内容）。",
        "letters and the leak report, as Word files",
    ),
)(letter)
app.command(
    "find",
    help=tr(
        "网上的文件是哪一件的、差在哪里（字节、文字、文件名）；没有已发布的件覆盖它时退出码 7。",
        "which case covers a file that was found, and what differs; 7 when no published one does",
    ),
)(find)
app.command(
    "redacted",
    help=tr(
        "登记区分处理：证明、原件和副本的摘要，按种类和位置计数，不含内容。",
        "a redacted copy: digests of certificate, original and copy, counts by kind and place",
    ),
)(redacted)
app.command("reassess", help=tr("不公开的重新评估，退回送审人。", "look again at what was withheld"))(reassess)
app.command("ratify", help=tr("领导确认先行撤除。", "a leader confirms an emergency removal"))(ratify)
app.command("archive", help=tr("归档。", "put on file"))(archive)
app.command(
    "due",
    help=tr(
        "列出到期、超期的事项：审批、商请答复、公开与答复期限、公示期满、泄密报告；有到期的退出码 10。",
        "what is due or overdue: reviews, answers, statutory periods, publicity, reports; 10 when something is",
    ),
)(due)
app.command(
    "flow",
    help=tr(
        "画出本单位审批链的流程图（终端或 SVG）。", "draw the approval chain as a flow chart, at the terminal or as SVG"
    ),
)(flow)


def _settled(seen: CaseState, opinion: Opinion, words: Sequence[str]) -> tuple[Settled, ...]:
    """What the reviewer typed; who sends a new version on also takes over the rulings carried from the approval."""
    typed = settlements(seen.asking, words)
    if opinion not in (Opinion.AGREE, Opinion.PARTIAL, Opinion.SUBMIT_UP):
        return typed
    every = adopted(seen.submitted, typed)
    if len(every) > len(typed):
        count = len(every) - len(typed)
        typer.echo(tr(f"沿用此前的裁定 {count} 项", f"{count} rulings of the approval taken over"), err=True)
    return every


def _reviewed(
    files: Sequence[Path], channel: Channel, policy: Path | None, today: str | None, scenario: str | None
) -> tuple[Reviewed, ...]:
    """What the rules of the day say of the package."""
    screener = screener_for(settings(policy, today, scenario))
    if channel is Channel.ON_REQUEST:
        screener = screener.leaving_out(AGREES_ON_REQUEST, channel.label)
    return review_package(screener, [Task(path=path, shown_as=str(path)) for path in files])


def _catalogued(item: Catalogue) -> Catalogue | None:
    """The day of making alone is the register's, and makes no item of the catalogue."""
    return None if item == Catalogue(formed=item.formed) else item


def _numbered(fingerprints: Sequence[str], at: int) -> str:
    if not 1 <= at <= len(fingerprints):
        raise UsageError(tr(f"--finding {at}：没有这个序号，见 case show", f"--finding {at}: see case show"))
    return fingerprints[at - 1]


def _check_present(files: list[Path]) -> None:
    for path in files:
        if not path.is_file():
            raise NothingReadError(tr(f"{path}：没有这个文件", f"{path}: no such file"))
