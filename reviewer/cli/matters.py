"""`reviewer rules import`: an office's own list of work-secret matters (工作秘密事项清单) as a pack of rules.

The list is a table in whatever format the office keeps it (Excel, Word, CSV). Columns are known by their headers: 事项
(what it is), 词语 (words by 、; "甲+乙" means both in one sentence), and where there are any 依据, 例外 (words that
make a sentence lawful), 例句 (must be found), 反例 (must not).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.new_rule import Draft, prove_file, split_words
from reviewer.cli.options import PackOption
from reviewer.cli.rule_text import category_of
from reviewer.errors import NothingReadError, UsageError
from reviewer.language import tr
from reviewer.screen.one import read_file
from reviewer.terms import Action, Document

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "matter": ("事项", "事项名称", "工作秘密事项", "名称", "内容"),
    "words": ("词语", "关键词", "关键字", "检索词"),
    "basis": ("依据", "法律依据", "制度依据"),
    "unless": ("例外", "排除词"),
    "hit": ("例句", "应查出", "示例"),
    "miss": ("反例", "不应查出"),
}
_BASIS = "保守国家秘密法（2024）第六十四条"
_REMEDY = "本单位清单中的事项。先停止发布，交本单位保密工作机构对照清单核对"


def import_list(
    listed: Annotated[
        Path, typer.Argument(metavar="LIST", help=tr("事项清单（xlsx、docx、csv…）", "the list, a table"))
    ],
    output: PackOption,
    prefix: Annotated[
        str, typer.Option("--id", metavar="RULE", help=tr("规则编号的开头", "what ids begin with"))
    ] = "work-secret/matter",
    action: Annotated[Action, typer.Option("--action", help=tr("处理", "what rules ask for"))] = Action.REFER,
) -> None:
    category_of(prefix)
    if output.exists():
        raise UsageError(tr(f"{output} 已经存在，不覆盖", f"{output} exists already; it is left alone"))
    if not listed.is_file():
        raise NothingReadError(tr(f"{listed}：没有这个文件", f"{listed}: no such file"))
    drafts = [draft for number, row in _rows(read_file(listed)) for draft in _drafts(prefix, number, row, action)]
    if not drafts:
        raise UsageError(
            tr(
                f"{listed}：没有找到表头含“事项”和“词语”的表格，或表里没有词语",
                f"{listed}: no table with the headers 事项 and 词语, or no words in it",
            )
        )
    output.write_text("\n".join(draft.written() for draft in drafts), "utf-8")
    prove_file(output)
    typer.echo(
        tr(
            f'已写入 {output}：{len(drafts)} 条规则，例子通过。在 reviewer.toml 写 rules = ["{output}"] 后生效；'
            "词语本身敏感的，改用 reviewer rules seal",
            f"written: {output}, {len(drafts)} rules that hold. In force once reviewer.toml names it; where the words "
            "themselves are sensitive, use `reviewer rules seal`",
        )
    )


def _rows(document: Document) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(number, cells by column) of each row below a header that names matter and words."""
    tables: dict[tuple[str | None, int], dict[int, dict[int, str]]] = {}
    for segment in document.segments:
        if segment.cell is not None:
            rows = tables.setdefault((segment.cell.sheet, segment.cell.table), {})
            row = rows.setdefault(segment.cell.row, {})
            row[segment.cell.column] = (row.get(segment.cell.column, "") + segment.text).strip()
    number = 0
    for rows in tables.values():
        columns: dict[int, str] = {}
        for row in rows.values():
            named = _header(row)
            if {"matter", "words"} <= set(named.values()):
                columns = named
            elif columns:
                number += 1
                yield number, {name: row.get(at, "") for at, name in columns.items()}


def _header(row: Mapping[int, str]) -> dict[int, str]:
    return {at: name for at, text in row.items() for name, headers in _COLUMNS.items() if text in headers}


def _drafts(prefix: str, number: int, row: Mapping[str, str], action: Action) -> Iterator[Draft]:
    """One rule for the plain words of a matter, one for each of its combinations."""
    words = split_words(row["words"])
    plain = tuple(word for word in words if "+" not in word)
    combined = [tuple(part.strip() for part in word.split("+") if part.strip()) for word in words if "+" in word]
    groups: list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = [(plain, ())] if plain else []
    groups += [((first,), tuple((one,) for one in rest)) for first, *rest in combined if rest]
    for at, (head, beside) in enumerate(groups, 1):
        yield Draft(
            id=f"{prefix}-{number:03d}" + (f"-{at}" if at > 1 else ""),
            title=row["matter"] or "、".join(words),
            words=head,
            beside=beside,
            unless=split_words(row.get("unless", "")),
            action=action,
            basis=_cell(row, "basis") or (_BASIS,),
            remedy=_REMEDY,
            # A person's examples prove the first of a matter's rules; the others are proved by their own words.
            hits=_cell(row, "hit") if at == 1 else (),
            misses=_cell(row, "miss"),
        )


def _cell(row: Mapping[str, str], name: str) -> tuple[str, ...]:
    text = row.get(name, "")
    return (text,) if text else ()
