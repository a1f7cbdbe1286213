"""`--help` in Chinese: the command-line library's own words, its placeholders, and columns that line up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from reviewer.cli.columns import columns, wrapped

_Formatter: Any = typer.Context.formatter_class  # click's: some versions of typer depend on it, others carry it inside
_LEFT = 30  # columns of options and commands, at most; what is longer has its explanation below
_GAP = 2

_NOUNS = {
    "CASE": "编号", "CHECKPOINT": "检查点", "COMMIT": "提交", "COPY": "副本", "DATE": "日期", "DAYS": "天数",
    "DD": "日", "DIR": "文件夹", "FILE": "文件", "FINGERPRINT": "指纹", "FOLDER": "文件夹", "HASH": "摘要",
    "HOURS": "小时", "ID": "编号", "KEY": "公钥", "LIST": "清单", "MM": "月", "NAME": "名字", "NOTE": "说明",
    "NUMBER": "登记号", "OLD": "检查点", "OUT": "输出", "PACK": "规则包", "PATH": "路径", "PLACE": "位置",
    "REASON": "理由", "RECORD": "记录", "ROOT": "根证书", "RULE": "规则", "RULING": "裁定", "SCENARIO": "场景",
    "SEQ": "序号", "SOURCE": "来源", "STORE": "审查档案", "URL": "地址", "YYYY": "年",
}  # fmt: skip
_KINDS = {
    "str": "文字", "text": "文字", "int": "整数", "int range": "整数", "integer": "整数", "integer range": "整数",
    "float": "数", "float range": "数", "path": "路径",
}  # fmt: skip
_HEADINGS = {"Arguments": "参数", "Options": "选项", "Commands": "命令"}
_SENTENCES = {
    "Show this message and exit.": "显示本说明后退出",
    "Install completion for the current shell.": "为当前的 shell 安装命令补全",
    "Show completion for the current shell, to copy it or customize the installation.": "显示命令补全脚本",
}
_NOTES = re.compile(r"\s*\[((?:default: |env var: |required|-?[\d.]+<|x[<>=]).*)\]$", re.S)


def in_chinese(command: Any) -> None:
    """Give a command and all below it Chinese placeholders and a Chinese page; what a person types stays."""
    command.context_class = _Context
    if command.options_metavar:
        command.options_metavar = "[选项]"
    for parameter in command.params:
        if parameter.metavar:
            parameter.metavar = placeholder(parameter.metavar)
        elif parameter.type.name in _KINDS:
            parameter.metavar = _KINDS[parameter.type.name]
    if hasattr(command, "commands"):
        command.subcommand_metavar = "命令 [参数]…"
        for below in command.commands.values():
            in_chinese(below)


def placeholder(words: str) -> str:
    """`N=RULING:REASON` as `N=裁定:理由`; formats, schemes and values are left as they are typed."""
    return re.sub(r"[A-Z]{2,}", lambda word: _NOUNS.get(word[0], word[0]), words)


class _Context(typer.Context):
    def make_formatter(self) -> Any:
        return Page(width=self.terminal_width, max_width=self.max_content_width)


class Page(_Formatter):  # type: ignore[misc]
    """The library's page, in Chinese; its own widths count characters, which are not columns here."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"用法：{prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        self.write(f"{' ' * self.current_indent}{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        for line in wrapped(text, self.width - self.current_indent):
            self.write(f"{' ' * self.current_indent}{line}\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _LEFT, col_spacing: int = _GAP) -> None:
        """Two columns: what is typed, and what it means."""
        rows = list(rows)
        left = min(max(columns(typed) for typed, _ in rows), col_max) + col_spacing
        for typed, meaning in rows:
            for line in _row(typed, list(wrapped(said(meaning), self.width - self.current_indent - left)), left):
                self.write(f"{' ' * self.current_indent}{line}".rstrip() + "\n")


def said(meaning: str) -> str:
    """An explanation with the notes that the library sets behind it: what is required, defaults and ranges."""
    meaning = _SENTENCES.get(meaning, meaning)
    found = _NOTES.search(meaning)
    if found is None:
        return meaning
    notes = found[1].replace("default: ", "默认 ").replace("env var: ", "环境变量 ").replace("required", "必填")
    return f"{meaning[: found.start()]}［{notes.replace('; ', '；')}］"


def _row(typed: str, meaning: Sequence[str], left: int) -> Iterator[str]:
    first, *more = meaning
    if columns(typed) > left - _GAP:
        yield typed
        yield " " * left + first
    else:
        yield typed + " " * (left - columns(typed)) + first
    for line in more:
        yield " " * left + line
