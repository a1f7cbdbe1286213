"""A wrong line and `--help` speak Chinese, whatever the command; `--lang en` keeps the library's English."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from front_door import Reviewer
from typer.main import get_command

from reviewer.cli.columns import columns, wrapped
from reviewer.cli.commands import app
from reviewer.cli.help_page import in_chinese, placeholder
from reviewer.cli.usage import UsageError, in_own_words

LIBRARY = re.compile(r"Usage|Options|Arguments|Commands|required|default:|Show this|l completion|<(str|int|float|path)")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("screen", "缺少参数“路径…”"),
        ("screen . --frobnicate", "没有选项“--frobnicate”"),
        ("screen . -q", "没有选项“-q”"),
        ("screen . --polcy x", "没有选项“--polcy”；相近的有：--policy"),
        ("scren", "没有命令“scren”；是不是“screen”？"),
        ("case frobnicate", "没有命令“frobnicate”"),
        ("case submit a.txt --by 张三", "缺少选项“--channel”，可用的值：website、new_media、gazette"),
        ("case list --open=1", "选项“--open”后面不能有值"),
        ("screen . --policy", "选项“--policy”后面缺少值"),
        ("screen . --reveal all", "“--reveal”的值不对：“all”不在可用的值之内：“none”、“masked”、“full”"),
        ("screen . --jobs two", "“--jobs”/“-j”的值不对：“two”不是整数"),
        ("screen . --jobs -2", "“--jobs”/“-j”的值不对：-2 不在范围之内（x>=0）"),
        ("audit run a b --seconds soon", "“--seconds”的值不对：“soon”不是数"),
        ("case answer 1 --by 张三 --consult x", "“--consult”的值不对：“x”不是整数"),
        ("init 甲 乙 丙", "多出的参数：乙 丙"),
    ],
)
def test_a_wrong_line_is_told_in_chinese(reviewer: Reviewer, line: str, said: str) -> None:
    told = reviewer(*line.split())
    assert told.code == 2
    assert told.out == ""
    assert f"错误：{said}" in told.err
    assert not re.search(r"Usage|Error|Try|OPTIONS|ARGS|Invalid|Missing|No such", told.err)


def test_a_group_without_a_word_shows_its_help(reviewer: Reviewer) -> None:
    told = reviewer("case")
    assert told.code == 2
    assert told.err.startswith("用法：reviewer case [选项] 命令 [参数]…\n")
    assert "命令：\n  submit     送审" in told.err


@pytest.fixture(scope="module")
def commands() -> list[tuple[str, Any, Any]]:
    """Every command with its name and a context, as the program builds them."""
    top: Any = get_command(app)
    in_chinese(top)

    def walk(command: Any, name: str, parent: Any) -> Iterator[tuple[str, Any, Any]]:
        context = command.context_class(command, info_name=name, parent=parent, help_option_names=["-h", "--help"])
        yield context.command_path, command, context
        for word, below in getattr(command, "commands", {}).items():
            yield from walk(below, word, context)

    return list(walk(top, "reviewer", None))


def test_every_help_page_is_chinese(commands: list[tuple[str, Any, Any]]) -> None:
    assert len(commands) > 80
    for path, command, context in commands:
        page = command.get_help(context)
        assert page.startswith(f"用法：{path} "), page
        assert "选项：" in page, page
        assert not LIBRARY.search(page), page


def test_every_placeholder_is_chinese(commands: list[tuple[str, Any, Any]]) -> None:
    left = {
        word
        for _, command, _ in commands
        for parameter in command.params
        for word in re.findall(r"[A-Z]{2,}", parameter.metavar or "")
    }
    assert not left


def test_every_command_tells_of_a_wrong_option_in_chinese(commands: list[tuple[str, Any, Any]]) -> None:
    for _, command, context in commands:
        with pytest.raises(UsageError) as raised:
            command.make_context(context.info_name, ["--没有这个"], parent=context.parent)
        assert in_own_words(raised.value.format_message()) == "没有选项“--没有这个”"


@pytest.mark.parametrize(
    ("words", "chinese"),
    [
        ("FILE…", "文件…"),
        ("N=RULING:REASON", "N=裁定:理由"),
        ("FILE|-|fd:N|keyring:", "文件|-|fd:N|keyring:"),
        ("YYYY-MM-DD", "年-月-日"),
        ("table|json", "table|json"),
    ],
)
def test_placeholders(words: str, chinese: str) -> None:
    assert placeholder(words) == chinese


def test_lines_break_by_columns_and_not_before_a_closing_mark() -> None:
    lines = list(wrapped("商请：把没有把握的送保密行政管理部门，见 reviewer.toml；沉默不是同意。", 16))
    assert all(columns(line) <= 16 for line in lines)
    assert not any(line[0] in "，；。：" for line in lines)
    assert "reviewer.toml；" in "|".join(lines)


def test_english_stays_the_librarys(tmp_path: Path) -> None:
    def said(*words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "reviewer", "--lang", "en", *words]
        return subprocess.run(line, capture_output=True, encoding="utf-8", env=os.environ, check=False, cwd=tmp_path)

    wrong = said("screen")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("Usage: reviewer screen [OPTIONS]")
    assert "Missing argument 'PATH…'." in wrong.stderr
    assert re.search(r"--title (<str>|TEXT)", said("case", "submit", "-h").stdout)


def test_the_end_of_the_input_at_a_question_is_an_interruption(
    reviewer: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    told = reviewer("rules", "new", "work-secret/my-list", "--ask")
    assert told.code == 130
    assert "已中断" in told.err
