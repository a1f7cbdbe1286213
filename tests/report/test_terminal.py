"""The report at a terminal: lines up, plain when piped, never driven by what it shows."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pytest
from made_reports import ASIDE, GAP, MARK, NOTE, NUMBER, PLACE, column, report

from reviewer.language import use_language
from reviewer.report import Report
from reviewer.report.form import Excerpt
from reviewer.report.terminal import Writer


class _Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(*reports: Report, out: io.StringIO | None = None) -> str:
    out = out or io.StringIO()
    writer = Writer(out)
    for one in reports:
        writer.add(one)
    writer.close()
    return out.getvalue()


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_no_line_is_wider_than_the_window(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    long = replace(NUMBER, advice="请把这一列删除后另存一份再送审。" * 12, note="说明" * 40)
    told = printed(report(long, path="很长的文件名" * 20 + ".txt", gaps=(GAP,)), report(MARK, verdict="block"))
    assert max(width(line.rstrip()) for line in told.splitlines()) <= columns


def test_wide_characters_line_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verdict ends in the last column, whatever the name is made of."""
    monkeypatch.setenv("COLUMNS", "80")
    ends = set()
    for path in ("a.txt", "名单.txt", "名a单b（2026）.txt", "ﾊﾝｶｸ.txt"):
        headline = printed(report(NUMBER, path=path)).splitlines()[0]
        ends.add(width(headline.rstrip()))
    assert len(ends) == 1


def test_labels_stand_in_one_column() -> None:
    told = printed(report(replace(NUMBER, note="说明文字"), excerpts=(Excerpt(before="号", hit="1**5", after=""),)))
    columns = {
        width(line[: line.index(label)])
        for label in ("位置", "说明", "原文", "依据", "怎么改")
        for line in told.splitlines()
        if label in line and line.index(label) < 20
    }
    assert len(columns) == 1


def test_no_colour_when_piped() -> None:
    assert "\x1b" not in printed(report(NUMBER), report(MARK, verdict="block"), report(verdict="clear"))


def test_no_colour_when_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[3" not in printed(report(NUMBER), out=_Tty())


def test_colour_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in printed(report(NUMBER), out=_Tty())


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[2J\x1b]0;标题\x07.txt", "a\r\nb\u202egpj.txt", "a\x9b31m.txt"],
    ids=["escape sequences", "line ends and overrides", "one-byte control sequence"],
)
def test_names_places_and_texts_do_not_drive_the_terminal(hostile: str) -> None:
    row = replace(NUMBER, text=hostile, note=hostile, location=replace(PLACE, place=hostile))
    told = printed(report(row, path=hostile, gaps=(replace(GAP, place=hostile),), set_aside=(ASIDE,)))
    assert not [char for char in told if char in "\x1b\x07\r\x9b\u202e"]
    assert "�" in told


def test_markup_in_a_name_is_text() -> None:
    assert "[red]x[/red].txt" in printed(report(NUMBER, path="[red]x[/red].txt"))


def test_an_issue_says_where_why_and_how() -> None:
    told = printed(report(NUMBER))
    for needed in ("区分处理", "1 类问题", "居民身份证号", "¶4", "11010*********0017", "第十五条", "删除该列"):
        assert needed in told


def test_a_column_is_told_once() -> None:
    told = printed(report(*column(128)))
    assert told.count("居民身份证号") == 1
    assert "共 128 个" in told


def test_an_excerpt_shows_the_hit_as_its_row_does() -> None:
    told = printed(report(NUMBER, excerpts=(Excerpt(before="户主▇▇，", hit="11010*********0017", after="。"),)))
    assert "户主▇▇，11010*********0017。" in told


def test_a_suspected_secret_shows_no_excerpt() -> None:
    told = printed(report(replace(MARK, text=""), verdict="block"))
    assert not [line for line in told.splitlines() if line.split()[:1] == ["原文"]]
    assert "停止发布" in told


def test_stop_comes_before_cure_and_cure_before_notes() -> None:
    told = printed(report(NOTE, NUMBER, MARK, verdict="block"))
    assert told.index("立即停止发布") < told.index("必须处理") < told.index("提示")


def test_what_was_not_read_is_not_clear() -> None:
    told = printed(report(verdict="refer", gaps=(GAP,)))
    assert "未能读取" in told
    assert GAP.place in told
    assert "送审" in told


def test_gaps_of_one_reason_are_told_once() -> None:
    told = printed(report(verdict="refer", gaps=tuple(replace(GAP, place=f"p{page}") for page in range(1, 51))))
    assert told.count(GAP.reason) == 1
    assert "p6 等，共 50 处" in told
    assert "p7" not in told


def test_many_reasons_are_counted() -> None:
    gaps = tuple(replace(GAP, reason=f"原因{number}") for number in range(50))
    told = printed(report(verdict="refer", gaps=gaps))
    assert told.count(GAP.place) == 20
    assert "另有 30 处" in told


def test_clear_says_how_much_was_read() -> None:
    told = printed(report(verdict="clear"))
    assert "已读 1,234 字，全部可读" in told
    assert "2 处，均为制度性表述" in told


def test_several_documents_have_a_summary() -> None:
    told = printed(report(NUMBER), report(verdict="clear"), report(verdict="refer", gaps=(GAP,)))
    last = " ".join(told.splitlines()[-2:])
    assert "共 3 份" in last
    assert "未能读取 1 处" in last
    assert "共 1 份" not in printed(report(NUMBER))


def test_english() -> None:
    use_language("en")
    told = printed(report(MARK, NUMBER, verdict="block", gaps=(GAP,)))
    assert "stop: must not go out" in told
    assert "怎么改" not in told
