"""`reviewer redact`: a copy that may go out, proven by screening it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.setting import PolicyOption, ScenarioOption, settings
from reviewer.errors import NothingReadError, RedactionError, UsageError
from reviewer.extract import Stored, Unread, load
from reviewer.language import tr
from reviewer.redact.masks import masking, named
from reviewer.redact.plan import persons, plan
from reviewer.refusal import cause
from reviewer.screen import screener_for
from reviewer.screen.redaction import redacted


def redact(
    path: Annotated[Path, typer.Argument(metavar="PATH", help=tr("原件", "the draft"))],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help=tr("公示稿写到哪里", "the copy"))],
    scenario: ScenarioOption = None,
    policy: PolicyOption = None,
) -> None:
    if output.exists():
        raise UsageError(tr(f"{output} 已经存在，不覆盖", f"{output} exists already; it is left alone"))
    source = load(path, str(path))
    if isinstance(source, Unread):
        raise NothingReadError(f"{path}：{source.reason}")
    if isinstance(source, Stored):
        raise RedactionError(tr(f"{path}：压缩包不能脱敏，解压后逐个处理", f"{path}: unpack the archive first"))
    screener = screener_for(settings(policy, None, scenario))
    masks = masking()
    review = screener.review(source)
    done = redacted(screener, source, review, plan(review, masks, named(persons([review]))), masks)
    temporary = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        temporary.write_bytes(done.data)
        temporary.replace(output)
    except OSError as error:
        raise UsageError(tr(f"{output}：写不进去：{cause(error)}", f"{output}: {cause(error)}")) from None
    finally:
        temporary.unlink(missing_ok=True)
    typer.echo(tr(f"已写入 {output}，再次筛查：未发现问题", f"written: {output}; screened again: clear"))
    typer.echo(f"SHA-256 {done.review.document.sha256}", err=True)
