"""What a package must bring with it when it goes to review: a number, a title, and a verdict that is not block."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Publish, Settled, Submit
from reviewer.signoff.catalogue import check_catalogue
from reviewer.signoff.entry import Statement
from reviewer.signoff.moment import in_china
from reviewer.signoff.screening import Screening
from reviewer.signoff.wording import check_day, check_sentence, required_sentence
from reviewer.terms import Action, Decision, Ruling, Severity

_NUMBER = re.compile(r"(\d{4})-(\d{4,})", re.ASCII)

LONGEST_PUBLICITY_DAYS = 366


def check_submission(act: Submit) -> None:
    """Raises NotAllowedError for a submission without title, without its own screening, or with a blocking one."""
    names = [file.name for file in act.manifest.files]
    if names != sorted(set(names)):
        raise NotAllowedError(tr("文件清单须按名排列且不重名。", "the manifest must be in order and without twins."))
    _check_about(act)
    _check_screening(act)
    check_settlements(act.proposed, act.screening)
    if any(one.ruling is Ruling.CONFIRMED for one in act.proposed):
        raise NotAllowedError(
            tr("属实的问题先改再送审，不必提处置意见。", "what is true is cured first; there is nothing to propose.")
        )


def check_settlements(settled: Iterable[Settled], screening: Screening) -> None:
    """Raises NotAllowedError for a ruling on a finding that this version does not have, or without a reason."""
    known = {one.fingerprint for _, one in screening.asking()}
    for one in settled:
        if one.fingerprint not in known:
            raise NotAllowedError(
                tr(f"本版没有发现项 {one.fingerprint}。", f"this version has no finding {one.fingerprint}.")
            )
        required_sentence(one.reason, tr("处置理由", "the reason of a ruling"))


def check_rescreening(reviewed: Screening, act: Publish) -> None:
    """Raises NotAllowedError if the rules of the day find something grave that nobody was shown.

    What was warned of, set aside or noted before is not new; a finding of lesser gravity does not void an approval.
    """
    if act.screening is None:
        return
    if [(file.name, file.sha256) for file in act.screening.files] != [
        (file.name, file.sha256) for file in act.manifest.files
    ]:
        raise NotAllowedError(tr("发布前筛查的不是这些文件。", "what was screened again is not these files."))
    known = {one.fingerprint for file in reviewed.files for one in file.findings}
    known |= {one.fingerprint for file in reviewed.files for one in file.set_aside}
    new = [
        f"{file.name} {one.place} {one.rule}"
        for file, one in act.screening.asking()
        if one.fingerprint not in known and (one.severity >= Severity.HIGH or one.action is Action.BLOCK)
    ]
    if new:
        listed = "\n  ".join(new)
        raise NotAllowedError(
            tr(
                f"现行规则发现了批准时没有提示过的问题，批准失效：\n  {listed}\n请重新送审。"
                "（送审时写了 --scenario 的，发布时同样写上。）",
                f"the rules of today find what nobody was shown, the approval is void:\n  {listed}\nSubmit it again. "
                "(If it was submitted with --scenario, publish with it too.)",
            )
        )


def check_number(statement: Statement) -> None:
    """Raises NotAllowedError unless the case is numbered within the year in which it begins."""
    match = _NUMBER.fullmatch(statement.subject)
    if match is None or int(match[1]) != in_china(statement.at).year or int(match[2]) < 1:
        raise NotAllowedError(tr("审查编号不合格式。", "not a case number of this year."))


def _check_about(act: Submit) -> None:
    about = act.about
    required_sentence(about.title, tr("信息名称", "the title"))
    for text in (about.document_number, about.section, about.drafter, about.summary):
        check_sentence(text, tr("登记内容", "a detail of the item"))
    for day, what in (
        (about.formed, tr("形成日期", "the day it was formed")),
        (about.requested, tr("收到申请日期", "the day of the request")),
        (about.planned, tr("拟公开时间", "the day it is to appear")),
    ):
        if day:
            check_day(day, what)
    for text in (about.request, about.corrects, about.part_of):
        check_sentence(text, tr("编号", "a number"))
    if about.catalogue is not None:
        check_catalogue(about.catalogue, about.document_number)
    if not 0 <= about.publicity_days <= LONGEST_PUBLICITY_DAYS:
        raise NotAllowedError(
            tr(f"公示期应为 0 至 {LONGEST_PUBLICITY_DAYS} 天。", f"publicity lasts 0 to {LONGEST_PUBLICITY_DAYS} days.")
        )


def _check_screening(act: Submit) -> None:
    screened = sorted((file.name, file.sha256) for file in act.screening.files)
    if not screened or screened != sorted((file.name, file.sha256) for file in act.manifest.files):
        raise NotAllowedError(
            tr(
                "筛查的不是这些文件，请重新筛查后送审。",
                "what was screened is not these files; screen them again.",
            )
        )
    blocking = any(finding.action is Action.BLOCK for _, finding in act.screening.asking())
    if blocking or act.screening.decision is Decision.BLOCK:
        names = "、".join(file.name for file in act.screening.files if file.decision is Decision.BLOCK)
        raise NotAllowedError(
            tr(
                f"筛查结果为阻断，不能送审：{names}。停止处理，不复制、不转发；隔离该文件并报本单位保密办。",
                f"the verdict is block, it cannot be submitted: {names}. Stop; do not copy or pass it on; isolate the "
                "file and call the secrecy office.",
            )
        )
