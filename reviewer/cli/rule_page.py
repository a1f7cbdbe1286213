"""A rule's page, as Markdown: the same text at the terminal and in docs/rules."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.concept import Meeting
from reviewer.language import tr
from reviewer.report.words import category_name
from reviewer.terms import Action, Rule, Specimen

_ACTIONS = {
    "note": ("提示", "note"),
    "mask": ("遮盖", "mask"),
    "remove": ("删除", "remove"),
    "refer": ("送审", "refer"),
    "block": ("阻断", "block"),
}


def action_name(action: Action) -> str:
    """What an action is called on a rule's page."""
    return tr(*_ACTIONS[action.value])


def page(rule: Rule) -> str:
    """What it finds, on what basis, what to do, and the examples by which it proves itself."""
    action = action_name(rule.action)
    rows = [
        f"# {rule.id}",
        "",
        tr(rule.title, rule.title_en),
        "",
        f"- {tr('类别', 'category')}: {category_name(rule.category.value)} (`{rule.type}`)",
        f"- {tr('处理', 'action')}: {action} · {tr('严重程度', 'severity')}: {rule.severity.value}"
        f" · {tr('把握', 'confidence')}: {rule.confidence:.2f}",
        f"- {tr('方法', 'detector')}: {rule.kind.value} · {tr('始于', 'since')}: {rule.since}",
        f"- {tr('依据', 'basis')}: {'；'.join(rule.basis)}",
        f"- {tr('怎么改', 'remedy')}: {tr(rule.remedy, rule.remedy_en)}",
        *_doubted(rule),
        "",
        tr("## 应当查出", "## Must be found"),
        "",
        *(_quoted(hit) for hit in rule.hits),
        "",
        tr("## 不应查出", "## Must not be found"),
        "",
        *(_quoted(miss) for miss in rule.misses),
    ]
    return "\n".join(rows) + "\n"


def _doubted(rule: Rule) -> Iterator[str]:
    """What the classifier may lower of it, for a rule that asks for that."""
    match = rule.match
    if isinstance(match, Meeting) and match.doubt:
        yield tr(
            f"- 分类器: `doubt = {match.doubt:g}`。分类器认为所在语句属于各类问题的可能都不到 {match.doubt:.0%} 的，"
            "只作提示，不要求处理；同一文件中有两条规则同时这样被怀疑的，照常处理",
            f"- classifier: `doubt = {match.doubt:g}`. Where it gives the sentence less than {match.doubt:.0%} for "
            "every category, the finding is only noted; where two rules are so doubted in one document, both stand",
        )


def _quoted(specimen: Specimen) -> str:
    about = [specimen.part.value] if specimen.part.value != "body" else []
    about += [specimen.media_type] if specimen.media_type != "text/plain" else []
    where = f"（{'，'.join(about)}）" if about else ""
    lines = specimen.text.strip("\n").split("\n")
    quoted = "- " + where + f"`{lines[0]}`" + "".join(f"\n  `{line}`" for line in lines[1:] if line)
    if specimen.body:
        quoted += "\n  " + tr("正文：", "in the text: ") + "".join(f"`{line}`" for line in specimen.body.split("\n"))
    if specimen.beside:
        quoted += "\n  " + tr("一起送审：", "presented with it: ") + "、".join(f"`{name}`" for name in specimen.beside)
    return quoted
