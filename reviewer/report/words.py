"""The names that people read for verdicts, categories and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.language import tr

if TYPE_CHECKING:
    from reviewer.report.form import ScenarioRow


def verdict_name(verdict: str) -> str:
    return {
        "clear": tr("未发现问题", "clear"),
        "redact": tr("区分处理", "redact"),
        "refer": tr("送审／商请", "refer"),
        "block": tr("阻断", "block"),
    }[verdict]


def category_name(category: str) -> str:
    return {
        "state_secret": tr("疑似国家秘密", "suspected state secret"),
        "work_secret": tr("疑似工作秘密及内部信息", "suspected work secret"),
        "trade_secret": tr("疑似商业秘密", "suspected trade secret"),
        "personal_privacy": tr("疑似个人隐私", "suspected personal data"),
    }[category]


def action_heading(action: str) -> str:
    return {
        "block": tr("立即停止发布", "stop: must not go out"),
        "refer": tr("须由人判断", "a person must decide"),
        "remove": tr("必须处理", "must be cured"),
        "mask": tr("必须处理", "must be cured"),
        "note": tr("提示", "for information"),
    }[action]


def scenario_line(row: ScenarioRow) -> str:
    """As which kind of disclosure a draft was judged, and what such a one may show."""
    if row.recognised:
        return tr(f"场景：{row.summary}", f"scenario: {row.summary}")
    return tr(f"场景（由 --scenario 指定）：{row.summary}", f"scenario (named by --scenario): {row.summary}")
