"""One command line through the command-line library: wrong usage is told in the program's own language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import typer
from typer.main import get_command

from reviewer.cli.help_page import in_chinese
from reviewer.language import language

# Click's own, as some versions of typer depend on it and others carry it inside.
UsageError: Any = typer.BadParameter.__bases__[0]

_INTERRUPTED = 130  # what the library makes of Ctrl-C; no command leaves with it otherwise

# Click has no translations, and typer's copy has no place for any. Here is all it says of a wrong line, by pieces.
_SAID = tuple(
    (re.compile(english, re.S), chinese)
    for english, chinese in (
        (r"^Missing (?:argument|parameter) (.+?)\.(?= |$)", r"缺少参数 \1"),
        (r"^Missing option (.+?)\.(?= |$)", r"缺少选项 \1"),
        (r"^Missing command\.", "缺少命令"),
        (r"^No such option:? '?([^\s']+)'?\.?(?= |$)", r"没有选项“\1”"),
        (r"^No such command (.+?)\.", r"没有命令 \1"),
        (r" \(Possible options: (.+)\)$", r"；相近的有：\1"),
        (r" \(?Did you mean (.+?)\?\)?$", r"；是不是 \1？"),
        (r"^Got unexpected extra arguments?(?:\(s\))? \((.*)\)$", r"多出的参数：\1"),
        (r"^Option (.+) requires an argument\.$", r"选项 \1 后面缺少值"),
        (r"^Option (.+) requires (\d+) arguments\.$", r"选项 \1 后面要有 \2 个值"),
        (r"^Option (.+) does not take a value\.$", r"选项 \1 后面不能有值"),
        (r"^Invalid value for (.+?): ", r"\1 的值不对："),
        (r"^Invalid value: ", "值不对："),
        (r" is not one of (.+)\.$", r" 不在可用的值之内：\1"),
        (r" is not a valid (?:int|integer)(?: range)?\.$", " 不是整数"),
        (r" is not a valid float(?: range)?\.$", " 不是数"),
        (r" is not in the range (.+)\.$", r" 不在范围之内（\1）"),
        (r" ?Choose from:\s*(.+)$", r"，可用的值：\1"),
        (r",\n\t|, (?=['-])", "、"),
        (r" ?'([^']*)' ?", r"“\1”"),
    )
)


@cache
def _command(app: typer.Typer, spoken: str) -> Any:
    """The command tree with its help in that language, built once."""
    command: Any = get_command(app)
    if spoken == "zh":
        in_chinese(command)
    return command


def call(app: typer.Typer, words: Sequence[str]) -> int:
    """The exit code of one command line; 2, with the reason on standard error, when the line is wrong."""
    try:
        result = _command(app, language()).main(args=list(words), prog_name="reviewer", standalone_mode=False)
    except UsageError as error:
        _tell(error)
        return 2
    except typer.Abort:
        # Ctrl-C, or the end of the input, where a question was asked.
        raise KeyboardInterrupt from None
    if result == _INTERRUPTED:
        raise KeyboardInterrupt
    return result if isinstance(result, int) else 0


def in_own_words(sentence: str) -> str:
    """Click's English sentence about a wrong line, in Chinese; names and values stay as they were typed."""
    for english, chinese in _SAID:
        sentence = english.sub(chinese, sentence)
    return sentence


def _tell(error: Any) -> None:
    if (
        language() == "en" or type(error).show is not UsageError.show
    ):  # the second: a group without a word shows its help
        error.show()
        return
    if error.ctx is not None:
        typer.echo(f"{error.ctx.get_usage()}\n说明见 {error.ctx.command_path} -h\n", err=True)
    typer.echo(f"错误：{in_own_words(error.format_message())}", err=True)
