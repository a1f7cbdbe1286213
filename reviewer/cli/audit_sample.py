"""`reviewer audit sample` and `certify`: people read a random part of the pile called clear; what that proves."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from fractions import Fraction
from typing import Annotated

import typer

from reviewer.audit.looking import task_of
from reviewer.audit.sampling import Certificate, Draw, Drawn, answer, certified, draw, drawn, latest
from reviewer.audit.store import Store, amending, reading
from reviewer.audit.twins import sha256_of
from reviewer.cli.keystroke import keystroke
from reviewer.cli.options import JsonOption, StoreArgument
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.report.plain import plain
from reviewer.signoff.moment import instant, shown

SCHEMA = "reviewer.certificate/1"


def sample(
    store: StoreArgument,
    by: Annotated[
        str, typer.Option("--by", help=tr("由谁逐份阅读；不写则只抽样、列出", "who reads; without it only list"))
    ] = "",
    size: Annotated[
        int, typer.Option("--size", "-n", min=0, help=tr("重新抽取多少份（默认 300）", "draw anew, so many (300)"))
    ] = 0,
    seed: Annotated[
        str, typer.Option("--seed", help=tr("抽样的种子（默认：随机）", "the seed of the draw (default: random)"))
    ] = "",
) -> None:
    with amending(store) as opened:
        one = latest(opened)
        if one is None or size:
            one = draw(opened, size or 300, seed or secrets.token_hex(8), _now())
            typer.echo(
                tr(
                    f"从 {one.population:,} 份未发现问题的文件中抽出 {one.size} 份（种子 {one.seed}）",
                    f"{one.size} of {one.population:,} documents called clear (seed {one.seed})",
                ),
                err=True,
            )
        if by.strip():
            _read(opened, one, by.strip())
            return
        for document in drawn(opened, one):
            typer.echo(f"{document.place}\t{_state(document)}\t{plain(document.path)}")


def certify(
    store: StoreArgument,
    confidence: Annotated[str, typer.Option("--confidence", metavar="0.95", help=tr("置信度", "how sure"))] = "0.95",
    as_json: JsonOption = False,
) -> None:
    with reading(store) as opened:
        made = certified(opened, _fraction(confidence))
    if as_json:
        typer.echo(json.dumps(_content(made), ensure_ascii=False, indent=1))
    else:
        typer.echo(sentence(made))


def sentence(made: Certificate) -> str:
    """The certificate in one sentence."""
    one, sure = made.draw, f"{float(made.confidence) * 100:g} %"
    readers = "、".join(made.readers)
    return tr(
        f"{shown(one.at)} 从机器判为“未发现问题”的 {one.population:,} 份文件中随机抽取 {one.size:,} 份，"
        f"由 {readers} 逐份阅读，发现漏报 {made.found} 份；据此有 {sure} 的把握认为，其中漏报不超过 {made.percent}，"
        f"即至多 {made.most:,} 份（Clopper–Pearson 单侧上限；种子 {one.seed}，文件摘要 {one.pile[:16]}）。",
        f"Of {one.population:,} documents that the machine called clear, {one.size:,} drawn at random "
        f"({shown(one.at)}) were read by {readers}, who found {made.found} leaks: with {sure} confidence "
        f"at most {made.percent} of the pile are leaks, that is {made.most:,} documents at most "
        f"(one-sided Clopper–Pearson bound; seed {one.seed}, pile {one.pile[:16]}).",
    )


def _content(made: Certificate) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "drawn": made.draw.at,
        "seed": made.draw.seed,
        "pile_sha256": made.draw.pile,
        "population": made.draw.population,
        "sample": made.draw.size,
        "leaks": made.found,
        "readers": list(made.readers),
        "confidence": str(made.confidence),
        "upper_bound": float(made.bound),
        "at_most": made.most,
        "sentence": sentence(made),
    }


def _read(store: Store, one: Draw, by: str) -> None:
    waiting = [document for document in drawn(store, one) if document.leaks is None]
    for document in waiting:
        if sha256_of(task_of(store, document.file)) != document.sha256:
            typer.echo(tr(f"{plain(document.path)}：已不是抽样时的内容", f"{plain(document.path)}: has changed since"))
            continue
        typer.echo(f"{document.place}/{one.size}　{plain(document.path)}")
        typer.echo(
            tr(
                "  打开原件通读：n 没有问题　y 有漏报　s 跳过　q 停 ",
                "  read the original: n nothing　y a leak　s skip　q quit ",
            ),
            nl=False,
        )
        key = keystroke("nysq", end="q")
        if key == "q":
            break
        if key != "s":
            answer(store, one, document.place, leaks=key == "y", by=by, at=_now())
    left = sum(document.leaks is None for document in drawn(store, one))
    typer.echo("")
    typer.echo(
        tr(f"还有 {left} 份", f"{left} left")
        if left
        else tr(
            f"已读完。出证：reviewer audit certify {store.folder}", f"done: `reviewer audit certify {store.folder}`"
        )
    )


def _state(document: Drawn) -> str:
    if document.leaks is None:
        return tr("未读", "unread")
    return tr("有漏报", "leak") if document.leaks else tr("无", "none")


def _fraction(text: str) -> Fraction:
    try:
        made = Fraction(text)
    except (ValueError, ZeroDivisionError):
        made = Fraction(0)
    if not 0 < made < 1:
        raise UsageError(
            tr(f"--confidence：“{text}”应在 0 和 1 之间，如 0.95", f"--confidence: “{text}” is not in 0–1")
        )
    return made


def _now() -> str:
    return instant(datetime.now(UTC))
