"""`reviewer rules seal`: a list of sensitive terms as a pack that can be handed on without telling them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.options import PackOption
from reviewer.cli.rule_text import category_of, quoted
from reviewer.detect.sealed import LONGEST, SHORTEST, folded_term, seal
from reviewer.detect.term_key import create_key, key_folder
from reviewer.errors import NothingReadError, UsageError
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.text.decode import decode

PROBE = "清单样例词"
"""A word of every sealed list that is no secret: by it the rule proves itself, and that the key is there."""


def seal_list(
    terms: Annotated[Path, typer.Argument(metavar="LIST", help=tr("词表，一行一个词", "the list, a term a line"))],
    output: PackOption,
    rule: Annotated[
        str, typer.Option("--id", metavar="RULE", help=tr("规则编号", "rule id"))
    ] = "work-secret/own-terms",
    key: Annotated[
        str | None,
        typer.Option(
            "--key", metavar="ID", help=tr("用已有的密钥（默认：新建一把）", "a key there is (default: a new one)")
        ),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help=tr("覆盖已有的规则包", "replace an earlier pack"))] = False,
) -> None:
    category = category_of(rule)
    if output.exists() and not replace:
        raise UsageError(
            tr(f"{output} 已经存在；要覆盖请加 --replace", f"{output} exists already; add --replace to replace it")
        )
    words = _terms(terms)  # before any key is made
    name = key or create_key()
    sealed = seal([*words, folded_term(PROBE)], name)
    output.write_text(
        _PACK.format(
            rule=quoted(rule),
            category=category.value,
            key=name,
            lengths=", ".join(map(str, sorted(sealed.lengths))),
            heads=_listed(sealed.heads),
            digests=_listed(sealed.digests),
        ),
        "utf-8",
    )
    typer.echo(
        tr(
            f"已写入 {output}：{len(words)} 个词。密钥在 {key_folder() / f'{name}.key'}，不要和规则包放在一起；"
            f"明文词表 {terms} 按本单位规定保管或销毁",
            f"written: {output}, {len(words)} terms. The key is {key_folder() / f'{name}.key'}: keep it apart from the "
            f"pack. Keep {terms}, which is in plain text, as your office prescribes, or destroy it",
        )
    )


def _listed(hashes: Iterable[str]) -> str:
    """In an order that tells nothing of the terms'."""
    return "\n".join(f'  "{one}",' for one in sorted(hashes))


def _terms(path: Path) -> Sequence[str]:
    """The terms of a list, folded, each once. Raises UsageError with the number of a line that cannot be one."""
    try:
        text = decode(path.read_bytes()).text
    except OSError as error:
        raise NothingReadError(tr(f"{path}：打不开（{cause(error)}）", f"{path}: {cause(error)}")) from None
    found: dict[str, None] = {}
    for number, line in enumerate(text.splitlines(), 1):
        term = folded_term(line)
        if not term or term.startswith("#"):
            continue
        if not SHORTEST <= len(term) <= LONGEST:
            raise UsageError(
                tr(
                    f"{path} 第 {number} 行：一个词应有 {SHORTEST} 到 {LONGEST} 个字",
                    f"{path}, line {number}: a term has {SHORTEST} to {LONGEST} characters",
                )
            )
        found[term] = None
    if not found:
        raise UsageError(tr(f"{path}：里面没有词", f"{path}: no terms in it"))
    return tuple(found)


_PACK = """\
# 密封的词表，由 reviewer rules seal 生成。没有密钥看不出是哪些词；密钥不在这里。

[[rule]]
id = {rule}
kind = "keyword"
title = "本单位保密词表中的词"
title_en = "a term of the office's sealed list"
category = "{category}"
type = "office_list"
severity = "high"
action = "refer"
confidence = 0.9
basis = ["保守国家秘密法（2024）第六十四条"]
remedy = "本单位清单中的名称或事项。先停止发布，交本单位保密工作机构对照清单核对"
remedy_en = "On the office's own list: stop, and have its secrecy office compare"
since = "1"
hits = ["本句是⟦清单样例词⟧，用来证明密钥有效。"]
misses = ["本句没有清单里的词。"]
[rule.match.sealed]
key = "{key}"
lengths = [{lengths}]
heads = [
{heads}
]
digests = [
{digests}
]
"""
