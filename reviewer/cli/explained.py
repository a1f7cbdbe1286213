"""An explanation in words and as JSON: what is told of a place, what took it out, what came near, who looked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from reviewer.cli.rule_page import action_name
from reviewer.detect.near import Miss
from reviewer.detect.near.wording import part_name, quote
from reviewer.detect.packet import Notice, shown
from reviewer.detect.scenario.policy import Clause, Scenario, Standing
from reviewer.detect.trace import Trace, Weighed
from reviewer.language import tr
from reviewer.report.places import place_told
from reviewer.screen.explanation import Explanation
from reviewer.terms import DetectorKind, Disposition, Document, Finding, Gap, Rule

SCHEMA = "reviewer.explanation/1"
_MOST = 8  # near misses told without --all
_STANDINGS = {
    Standing.REQUIRE: ("应当公开", "must show"),
    Standing.ALLOW: ("可以公开", "may show"),
    Standing.FORBID: ("不得公开", "must not show"),
}
_KINDS = {
    DetectorKind.MARK: ("标志", "marks"),
    DetectorKind.KEYWORD: ("词语", "keywords"),
    DetectorKind.PATTERN: ("写法", "patterns"),
    DetectorKind.IDENTIFIER: ("号码与个人信息", "identifiers"),
    DetectorKind.TABLE: ("表格栏目", "columns"),
    DetectorKind.CONCEPT: ("概念组合", "concepts"),
    DetectorKind.CONCEALED: ("隐藏内容", "concealed text"),
    DetectorKind.METADATA: ("文件属性", "properties"),
    DetectorKind.CLASSIFIER: ("分类器", "classifier"),
    DetectorKind.AGGREGATE: ("全文汇总", "aggregates"),
}


def lines(one: Explanation, document: Document, start: int, end: int, *, every: bool = False) -> Iterator[str]:
    """For a person. The text of the place itself is not repeated: whoever asks has the file."""
    told = one.trace
    yield _where(document, start, end)
    yield from map(_gap, one.gaps)
    for finding in told.findings:
        yield from _found(finding, one)
    for merged in told.merged:
        yield tr(
            f"并入：“{merged.rule.title}”（{merged.rule.id}）也报此处，同一类型只列最有把握的一条",
            f"merged: {_named(merged.rule)} found this too; one finding a type is told, the surest",
        )
    yield from _suppressed(told)
    yield from _announced(told.notices)
    yield from _near(told, every=every)
    if not (told.findings or told.merged or told.lawful or told.cleared or told.misses or told.notices or one.gaps):
        yield tr("此处没有任何规则的词语或特征", "no word or feature of any rule stands here")
    yield _lookers(told)


def gap_lines(gaps: Iterable[Gap]) -> Iterator[str]:
    """For a place of which nothing was read: there is no text for any rule, and what that means."""
    yield from map(_gap, gaps)
    yield tr(
        "此处没有读到文字，任何规则都没有看过；未读到的按“送审”处理，由审核人核对原件后在审签中注明",
        "nothing was read here, so no rule has looked; it counts as `refer` until a reviewer has seen the original",
    )


def gap_content(gaps: Iterable[Gap]) -> str:
    """The same as JSON."""
    rows = [{"place": place_told(gap.place), "reason": gap.reason} for gap in gaps]
    return json.dumps({"schema": SCHEMA, "gaps": rows}, ensure_ascii=False, indent=1)


def _gap(gap: Gap) -> str:
    return tr(f"缺：{gap.place}：{gap.reason}", f"gap: {place_told(gap.place)}: {gap.reason}")


def _where(document: Document, start: int, end: int) -> str:
    segment = next((s for s in document.segments if s.start <= start < max(s.end, s.start + 1)), None)
    if segment is None:
        return tr(f"位置：第 {start}–{end} 字", f"place: characters {start}–{end}")
    part, hidden = part_name(segment.part), tr("，隐藏", ", hidden") if segment.hidden else ""
    return tr(
        f"位置：{segment.place}（{part}{hidden}，{end - start} 字）",
        f"place: {place_told(segment.place)} ({part}{hidden}, {end - start} characters)",
    )


def _named(rule: Rule) -> str:
    return tr(f"“{rule.title}”（{rule.id}）", f"“{rule.title_en}” ({rule.id})")


def _found(finding: Finding, one: Explanation) -> Iterator[str]:
    rule, action = finding.rule, action_name(finding.action)
    note = f" {finding.note}" if finding.note else ""
    yield tr(
        f"报：{rule.title}（{rule.id}），{action}，把握 {finding.confidence:.0%}{note}",
        f"found: {rule.title_en} ({rule.id}), {action}, {finding.confidence:.0%} sure{note}",
    )
    yield tr(f"   依据：{'；'.join(rule.basis)}", f"   basis: {'; '.join(rule.basis)}")
    yield tr(f"   怎么改：{rule.remedy}", f"   remedy: {rule.remedy_en}")
    weighed = one.trace.weighed.get(finding.fingerprint)
    if weighed is not None:
        yield tr(
            f"   这句话各词相加 {weighed.summed:.0%}，整句读 {weighed.alone:.0%}，连同前后文 {finding.confidence:.0%}",
            f"   {weighed.summed:.0%} by its words added up, {weighed.alone:.0%} by the sentence read as a whole, "
            f"{finding.confidence:.0%} with those around it",
        )
        if weighed.words:
            words = weighed.words
            yield tr(f"   分量最重的词：{'、'.join(words)}", f"   heaviest words: {', '.join(words)}")
    if finding.fingerprint in one.ruled:
        ruled = one.ruled[finding.fingerprint]
        yield tr(
            f"   已裁定，不计入结论：{_ruling(ruled)}",
            f"   set aside by a ruling: {_ruling(ruled)}",
        )
    elif finding.fingerprint in one.void:
        void = one.void[finding.fingerprint]
        yield tr(
            f"   有裁定但不起作用（已过期、裁定为属实，或属阻断类）：{_ruling(void)}",
            f"   a ruling does not act (lapsed, confirmed, or must be blocked): {_ruling(void)}",
        )


def _ruling(ruled: Disposition) -> str:
    return tr(f"{ruled.by}，{ruled.reason}，有效至 {ruled.until}", f"{ruled.by}: {ruled.reason}, until {ruled.until}")


def _suppressed(told: Trace) -> Iterator[str]:
    for held in told.lawful:
        many = tr(f"，涉及 {len(held.rules)} 条规则", f", of {len(held.rules)} rules") if len(held.rules) > 1 else ""
        yield tr(
            f"不报：“{held.word}”属于制度性表述：{held.title}（{held.wording}），盖住{quote(held.covers)}{many}",
            f"not found: “{held.word}” is lawful wording: {held.title} ({held.wording}), "
            f"covers {quote(held.covers)}{many}",
        )
    for one in told.cleared:
        name = tr(one.particular.name, one.particular.name_en)
        yield tr(
            f"不报：{_named(one.rule)}本会报，场景{_scenario(one.scenario)}允许公开“{name}”："
            f"{_basis(one.scenario, one.clause)}",
            f"not found: {_named(one.rule)} would, but {_scenario(one.scenario)} shows {name}: "
            f"{_basis(one.scenario, one.clause)}",
        )
    if told.standing is not None and not told.cleared:
        scenario, clause, particular = told.standing
        verb, name = tr(*_STANDINGS[clause.standing]), tr(particular.name, particular.name_en)
        yield tr(
            f"场景{_scenario(scenario)}{verb}“{name}”：{_basis(scenario, clause)}",
            f"scenario {_scenario(scenario)} {verb} {name}: {_basis(scenario, clause)}",
        )


def _scenario(scenario: Scenario) -> str:
    return tr(f"“{scenario.title}”（{scenario.id}）", f"“{scenario.title_en}” ({scenario.id})")


def _basis(scenario: Scenario, clause: Clause) -> str:
    return "；".join(clause.basis or scenario.basis)


def _announced(notices: Iterable[Notice]) -> Iterator[str]:
    """What is announced here of attachments, each with the file that is it."""
    for notice in notices:
        for pair in notice.pairs:
            yield tr(
                f"附件：{shown(pair.item)} 对应旁边的“{pair.file.name}”",
                f"attachment: {shown(pair.item)} is “{pair.file.name}”",
            )
        for item in notice.missing:
            asked = (
                tr("旁边没有，计为未读到", "not beside it: counts as not read")
                if notice.is_package
                else tr("旁边没有；看不出是一套材料，只作提示", "not beside it; no package: a note only")
            )
            yield tr(f"附件：{shown(item)} {asked}", f"attachment: {shown(item)} {asked}")
        for name in notice.unlisted:
            yield tr(f"附件：“{name}”在旁边，文中未列", f"attachment: “{name}” is there and not listed")


def _near(told: Trace, *, every: bool) -> Iterator[str]:
    classifier = [miss for miss in told.misses if miss.rule.kind is DetectorKind.CLASSIFIER]
    rest = [miss for miss in told.misses if miss.rule.kind is not DetectorKind.CLASSIFIER]
    shown_ones = rest if every else rest[:_MOST]
    yield from map(_missed, shown_ones)
    if len(rest) > len(shown_ones):
        count = len(rest) - len(shown_ones)
        yield tr(
            f"   另有 {count} 条规则只有个别词语在此，加 --all 列出",
            f"   {count} more rules have a word or two here: add --all",
        )
    if not classifier and not any(one.rule.kind is DetectorKind.CLASSIFIER for one in told.findings):
        yield tr(
            "分类器：此处没有它能判的句子（过短，或不是人写的文字）", "classifier: no sentence here that it can judge"
        )
    for miss in classifier:
        yield tr(f"分类器：{_named(miss.rule)}，{miss.lacking}", f"classifier: {_named(miss.rule)}: {miss.lacking}")


def _missed(miss: Miss) -> str:
    words = "、".join(f"“{word}”" for word in miss.stood)
    with_words = tr(f"，有{words}", f", {words} here") if words else ""
    if miss.distance == 0:
        return tr(
            f"排除：{_named(miss.rule)}{with_words}，但{miss.lacking}",
            f"ruled out: {_named(miss.rule)}{with_words}, but {miss.lacking}",
        )
    return tr(
        f"差一步：{_named(miss.rule)}{with_words}；{miss.lacking}",
        f"near: {_named(miss.rule)}{with_words}; {miss.lacking}",
    )


def _lookers(told: Trace) -> str:
    kinds = "、".join(f"{tr(*_KINDS[kind])} {count}" for kind, count in told.looked.items())
    total = sum(told.looked.values())
    return tr(
        f"看过此处的规则：{total} 条（{kinds}），其中 {len(told.speaking)} 条有词语在此；"
        f"另 {told.blind} 条只看隐藏内容或文件属性",
        f"looked: {total} rules ({kinds}), {len(told.speaking)} with a word here; "
        f"{told.blind} look at hidden text or properties only",
    )


def _weighed(held: Weighed | None) -> dict[str, Any]:
    if held is None:
        return {"heaviest": [], "alone": None, "summed": None}
    return {"heaviest": list(held.words), "alone": held.alone, "summed": held.summed}


def content(one: Explanation, document: Document, start: int, end: int) -> dict[str, Any]:
    """The same as JSON, without a word of the document but those that rules name."""
    told = one.trace
    return {
        "schema": SCHEMA,
        "document": {"path": document.path, "sha256": document.sha256},
        "start": start,
        "end": end,
        "findings": [
            {
                "rule": finding.rule.id,
                "action": finding.action.value,
                "confidence": finding.confidence,
                "fingerprint": finding.fingerprint,
                "set_aside": finding.fingerprint in one.ruled,
                **_weighed(told.weighed.get(finding.fingerprint)),
            }
            for finding in told.findings
        ],
        "merged": [finding.rule.id for finding in told.merged],
        "lawful": [
            {"word": held.word, "wording": held.wording, "covers": held.covers, "rules": list(held.rules)}
            for held in told.lawful
        ],
        "cleared": [
            {"rule": held.rule.id, "scenario": held.scenario.id, "particular": held.particular.name}
            for held in told.cleared
        ],
        "misses": [
            {
                "rule": miss.rule.id,
                "stood": list(miss.stood),
                "lacking": miss.lacking,
                "distance": miss.distance,
                "score": miss.score,
                "needed": miss.needed,
                "covered": miss.covered,
            }
            for miss in told.misses
        ],
        "gaps": [{"place": place_told(gap.place), "reason": gap.reason} for gap in one.gaps],
        "looked": {kind.value: count for kind, count in told.looked.items()},
    }
