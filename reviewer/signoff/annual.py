"""The annual report's figures that a ledger can tell (国办公开办函〔2021〕30号), with the template's own checks.

Part 三 is counted from the register of requests; part 二 (normative documents, licences, penalties, fees) and part 四
(reconsideration, litigation) are in no ledger and stay blank. What part 一 and 五 can use stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.signoff.act import Publish, Review, Submit, TakeDown
from reviewer.signoff.aftermath import Correct
from reviewer.signoff.case import CaseState
from reviewer.signoff.case_cells import acts_of, begun
from reviewer.signoff.request import WITHHELD, Applicant, Result
from reviewer.signoff.request_rules import RequestState
from reviewer.signoff.sheet import Period, Sheet, laid_out
from reviewer.signoff.vocabulary import Addressee, Opinion

Row = tuple[int, ...]
_GROUPS = (
    ("（一）予以公开", (Result.DISCLOSED,)),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (Result.PARTIAL,)),
    ("（三）不予公开", tuple(one for one in Result if one in WITHHELD)),
    ("（四）无法提供", (Result.NOT_HELD, Result.TO_BE_MADE, Result.UNCLEAR)),
    (
        "（五）不予处理",
        (Result.PETITION, Result.REPEATED, Result.PUBLICATION, Result.EXCESSIVE, Result.CONFIRMATION),
    ),
    ("（六）其他处理", (Result.ABANDONED, Result.UNPAID, Result.OTHER)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """Part 三, each row over the six kinds of applicant and their sum."""

    new: Row
    carried: Row
    results: dict[Result, Row]
    handled: Row
    left: Row

    @property
    def holds(self) -> bool:
        """一 + 二 = 三 + 四, in every column."""
        return all(
            new + carried == handled + left
            for new, carried, handled, left in zip(self.new, self.carried, self.handled, self.left, strict=True)
        )


def requests_of(year: int, requests: Iterable[RequestState]) -> Requests:
    """Part 三 for that year: a request belongs to the year in which it came in, an answer to the one it is dated."""
    known = [one for one in requests if one.request.received[:4] <= f"{year}"]
    done = {one.number: one.reply.day[:4] for one in known if one.reply}
    new = [one for one in known if one.request.received.startswith(f"{year}-")]
    before = [one for one in known if one.request.received[:4] < f"{year}"]
    carried = [one for one in before if done.get(one.number, "9999") >= f"{year}"]
    handled = [one for one in known if done.get(one.number) == f"{year}"]
    left = [one for one in known if done.get(one.number, "9999") > f"{year}"]
    return Requests(
        new=_row(new),
        carried=_row(carried),
        results={
            result: _row([one for one in handled if one.reply and one.reply.result is result]) for result in Result
        },
        handled=_row(handled),
        left=_row(left),
    )


def _row(requests: Iterable[RequestState]) -> Row:
    counts = dict.fromkeys(Applicant, 0)
    for one in requests:
        counts[one.request.applicant] += 1
    return (*counts.values(), sum(counts.values()))


def annual_sheets(
    unit: str, year: int, cases: Iterable[CaseState], requests: Iterable[RequestState]
) -> tuple[Sheet, ...]:
    """Part 三 as the template prints it, and the figures of the review itself."""
    table = requests_of(year, requests)
    rows: list[tuple[str | int, ...]] = [
        ("一、本年新收政府信息公开申请数量", *table.new),
        ("二、上年结转政府信息公开申请数量", *table.carried),
        ("三、本年度办理结果", *("",) * 7),
    ]
    for name, results in _GROUPS:
        if len(results) == 1:
            rows.append((f"　{name}", *table.results[results[0]]))
            continue
        rows.append((f"　{name}", *("",) * 7))
        rows += [(f"　　{at}. {result.zh}", *table.results[result]) for at, result in enumerate(results, 1)]
    rows += [("　（七）总计", *table.handled), ("四、结转下年度继续办理", *table.left)]
    columns = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    check = "一、二之和等于三、四之和：" + ("相符" if table.holds else "不符，请核对登记")
    return (
        Sheet(
            name="三、申请情况",
            title=f"{unit}{year}年收到和处理政府信息公开申请情况",
            columns=(
                ("本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和", 48),
                *((name, 9) for name in columns),
            ),
            rows=tuple(rows),
            notes=(f"校验：{check}（逐列）。", "第二部分（主动公开）、第四部分（复议、诉讼）台账不含，另行填报。"),
        ),
        Sheet(
            name="审查情况",
            title=f"{unit}{year}年保密审查情况（供一、五部分引用）",
            columns=laid_out("项目 48，数量 10"),
            rows=review_figures(tuple(cases), Period(prefix=f"{year}")),
            notes=("按登记时间计入当年。",),
        ),
    )


def review_figures(cases: tuple[CaseState, ...], period: Period) -> tuple[tuple[str, int], ...]:
    """What was done in the period, counted over the acts themselves."""
    acts = [(case, one) for case, one in acts_of(cases, object) if period.holds(one.time)]
    said = [one.act for _, one in acts]
    began = [case for case in cases if period.holds(begun(case))]
    warned = [act for act in said if isinstance(act, Submit) and any(True for _ in act.screening.asking())]
    letters = [asked for case in cases for asked in case.asked if period.holds(asked.time)]
    reviews = [act for act in said if isinstance(act, Review)]
    return (
        ("送审件数", len(began)),
        ("送审次数（含退回后重新送审）", sum(isinstance(act, Submit) for act in said)),
        ("　其中系统有提示的次数", len(warned)),
        ("退回修改次数", sum(r.opinion in (Opinion.RETURN, Opinion.AGREE_AFTER_FIX) for r in reviews)),
        ("不予公开件数", sum(r.opinion is Opinion.REFUSE for r in reviews)),
        ("转依申请公开件数", sum(r.opinion is Opinion.ON_REQUEST for r in reviews)),
        ("部分公开（区分处理）件数", sum(case.outcome is Opinion.PARTIAL for case in began)),
        ("商请保密行政管理部门次数", _to(letters, Addressee.SECRECY_ADMINISTRATION)),
        ("征求第三方意见次数", _to(letters, Addressee.THIRD_PARTY)),
        ("征求其他机关意见次数", _to(letters, Addressee.ORGAN) + _to(letters, Addressee.CO_ISSUER)),
        ("发布次数", sum(isinstance(act, Publish) for act in said)),
        ("撤除次数", sum(isinstance(act, TakeDown) for act in said)),
        ("更正次数", sum(isinstance(act, Correct) for act in said)),
        ("疑似泄密件数", sum(case.leak_deadline is not None for case in began)),
    )


def _to(letters: list, addressee: Addressee) -> int:  # type: ignore[type-arg]
    return sum(asked.consult.addressee is addressee for asked in letters)
