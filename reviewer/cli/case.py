"""`reviewer case`: one package on its way from the publisher over the reviewer to the leader, and out."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewer.cli.case_after import archive, correct, extend, incident, ratify, reassess, reported
from reviewer.cli.case_consult import answer, consult
from reviewer.cli.case_objection import decide, lapse, objection
from reviewer.cli.case_page import listed, told
from reviewer.cli.case_paper import letter
from reviewer.cli.case_publish import publish, takedown, withdraw
from reviewer.cli.case_redacted import redacted
from reviewer.cli.case_signoff import approve, review
from reviewer.cli.case_submit import submit
from reviewer.cli.due import due
from reviewer.cli.find import find
from reviewer.cli.flow import flow
from reviewer.cli.handover import handover
from reviewer.cli.options import CaseArgument, LedgerOption
from reviewer.cli.signing import opened, roster_now
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.pending import pending


def show(case: CaseArgument, ledger: LedgerOption = None) -> None:
    with opened(ledger) as kept:
        for line in told(procedure.open_case(kept, case), roster_now(kept)):
            typer.echo(line)


def list_cases(
    open_only: Annotated[
        bool, typer.Option("--open", help=tr("只列还有事要办的", "only those with something to do"))
    ] = False,
    ledger: LedgerOption = None,
) -> None:
    with opened(ledger) as kept:
        roster = roster_now(kept)
        for state in procedure.all_cases(kept):
            if pending(state, roster) or not open_only:
                typer.echo(listed(state, roster))


app = typer.Typer(
    name="case",
    help=tr("送审件：送审、审核、商请、批准、发布", "cases: submit, review, consult, approve, publish"),
    no_args_is_help=True,
)

app.command(
    "submit",
    help=tr(
        "送审：筛查全部文件，冻结字节，打印编号。", "submit: screens all files, freezes their bytes, prints the number"
    ),
)(submit)
app.command(
    "review",
    help=tr(
        "审核：同意、退回、不予公开等；每处发现都要裁定，每处未读都要人工核对。",
        "review: agree, return, refuse; every finding is settled, every unread part looked at",
    ),
)(review)
app.command(
    "consult",
    help=tr(
        "商请：把没有把握的送保密行政管理部门、权利人或来源机关；答复前不得公开，沉默不是同意。",
        "consult the secrecy office, the owner or the origin; silence is no consent",
    ),
)(consult)
app.command("answer", help=tr("登记书面答复。", "record the written answer"))(answer)
app.command(
    "approve",
    help=tr(
        "批准：先列出曾提示的问题及其处理，再签。",
        "approve: lists what was warned of and how it was settled, then signs",
    ),
)(approve)
app.command(
    "publish",
    help=tr(
        "发布：逐字节核对与批准件一致，才登记为已发布。", "publish: only what is byte for byte the approved package"
    ),
)(publish)
app.command("withdraw", help=tr("撤回未发布的件。", "withdraw an unpublished case"))(withdraw)
app.command("takedown", help=tr("撤除已发布的件。", "take down what was published"))(takedown)
app.command(
    "handover",
    help=tr(
        "人事变动的工作移交：未办结的件全部移交，列出角色、密钥、代理和例外；--leave 一并撤销。",
        "hand over all open cases of one person; lists roles, key, deputies, exceptions; --leave ends them",
    ),
)(handover)
app.command(
    "show",
    help=tr(
        "一件的全部情况：文件、提示及处理、各人意见、下一步谁做什么。",
        "all of one case: files, warnings and how each was settled, opinions, who does what next",
    ),
)(show)
app.command("list", help=tr("列出送审件。", "list the cases"))(list_cases)
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
