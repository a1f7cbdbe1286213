"""`reviewer ledger export --inspection DIR`: what a 保密检查 looks at, in one folder with a list of digests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.options import LedgerOption, PolicyOption
from reviewer.cli.setting import settings
from reviewer.cli.signing import now, opened
from reviewer.cli.titles import rule_titles
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.policy import load_policy
from reviewer.refusal import cause
from reviewer.resources import shipped
from reviewer.signoff.inspection import DIGESTS, bundle
from reviewer.signoff.sheet import Period


def export(
    folder: Annotated[
        Path, typer.Option("--inspection", metavar="DIR", help=tr("写入的文件夹（须为空或不存在）", "an empty folder"))
    ],
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YYYY", help=tr("只要这一年的件（默认全部）", "cases of that year only")),
    ] = None,
    ledger: LedgerOption = None,
    policy: PolicyOption = None,
) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            tr(f"{folder}：不是空文件夹，不覆盖", f"{folder}: not an empty folder; nothing is overwritten")
        )
    chosen = settings(policy, None).policy
    count = 0
    with opened(ledger) as kept:
        period, titles = Period(prefix=f"{year}" if year else ""), rule_titles(chosen)
        for name, data in bundle(kept, now(), period, _beside(chosen), titles):
            _write(folder / name, data)
            count += 1
    typer.echo(
        tr(f"已写入 {folder}：{count} 个文件，摘要见 {DIGESTS}", f"{folder}: {count} files, digests in {DIGESTS}")
    )


def _beside(policy: Path | None) -> Iterator[tuple[str, Path]]:
    """The rules that ship, and the office's policy with its own packs."""
    yield "规则", shipped("rules")
    if policy is not None:
        yield "本单位", policy
        yield from ((f"本单位/{pack.name}" if pack.is_dir() else "本单位", pack) for pack in load_policy(policy).rules)


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(tr(f"{path}：写不进去：{cause(error)}", f"{path}: {cause(error)}")) from None
