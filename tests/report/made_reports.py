"""Reports made by hand, so that a format is tested without rules and readers."""

from __future__ import annotations

from dataclasses import replace

from reviewer.report.form import (
    DocumentRow,
    EngineRow,
    Excerpt,
    FindingRow,
    GapRow,
    LocationRow,
    Report,
    ScenarioRow,
    SetAsideRow,
)

ENGINE = EngineRow(version="0.1.0", rules="sha256:" + "a" * 64, model="none", policy="default")
PLACE = LocationRow(
    place="¶4", part="body", hidden=False, start=120, end=138, line=4, column=7, page=None, sheet=None, cell=None
)
NUMBER = FindingRow(
    rule="personal-privacy/resident-id",
    category="personal_privacy",
    type="resident_id",
    severity="high",
    confidence=0.99,
    action="mask",
    detector="identifier",
    title="居民身份证号",
    note="",
    text="11010*********0017",
    location=PLACE,
    basis=("政府信息公开条例（2019）第十五条",),
    advice="删除该列，或只留末四位",
    fingerprint="f" * 32,
    group=None,
)
MARK = replace(
    NUMBER,
    rule="state-secret/mark",
    category="state_secret",
    type="classification_mark",
    severity="critical",
    action="block",
    detector="mark",
    title="疑似国家秘密标志",
    text="机密★10年",
    location=replace(PLACE, place="¶1", start=0, end=6, line=1, column=1),
    advice="立即停止发布并隔离该文件",
    fingerprint="e" * 32,
)
NOTE = replace(
    NUMBER, rule="concealed/author", category="work_secret", severity="low", action="note", title="文件属性有作者"
)
LOW = ScenarioRow(
    id="minimum-living-allowance",
    title="最低生活保障公示",
    recognised=True,
    summary="最低生活保障公示（按…可公开：姓名）",
)
GAP = GapRow(place="图片1.png", reason="图中可能有文字，未安装识字组件")
ASIDE = SetAsideRow(
    fingerprint="d" * 32, rule="work-secret/x", by="李四", reason="已公开的联系电话", until="2027-01-01"
)


def report(
    *findings: FindingRow,
    verdict: str = "redact",
    path: str = "稿件/名单.txt",
    gaps: tuple[GapRow, ...] = (),
    set_aside: tuple[SetAsideRow, ...] = (),
    excerpts: tuple[Excerpt | None, ...] | None = None,
) -> Report:
    return Report(
        document=DocumentRow(
            path=path,
            name=path.rpartition("/")[2],
            media_type="text/plain",
            sha256="b" * 64,
            sm3="c" * 64,
            characters=1234,
            segments=12,
        ),
        verdict=verdict,
        findings=findings,
        gaps=gaps,
        set_aside=set_aside,
        mentions={"制度性表述": 2},
        engine=ENGINE,
        excerpts=(None,) * len(findings) if excerpts is None else excerpts,
    )


def column(count: int) -> tuple[FindingRow, ...]:
    """A column of numbers: one group, one finding a cell."""
    return tuple(
        replace(
            NUMBER,
            group="表1 列C",
            note=f"列 C“身份证号”，第 2–{count + 1} 行，共 {count} 个",
            fingerprint=f"{at:032x}",
            location=replace(PLACE, place=f"C{at + 2}", start=at * 30, end=at * 30 + 18, line=at + 2, column=9),
        )
        for at in range(count)
    )
