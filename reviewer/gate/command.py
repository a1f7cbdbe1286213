"""`reviewer gate`: judges what is staged or named, and with --require-signoff lets out only what a chain signed."""

from __future__ import annotations

import gc
import posixpath
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.detect.packet import ALONE
from reviewer.extract import Source
from reviewer.gate.options import Options, parse
from reviewer.gate.programs import remembered_programs
from reviewer.home import home
from reviewer.language import tr
from reviewer.screen.beside import beside_sources, companions
from reviewer.screen.one import Task, review_file, unread
from reviewer.screen.screener import Screener, screener_for
from reviewer.screen.settings import settings
from reviewer.screen.walk import walk
from reviewer.terms import Decision, Review

if TYPE_CHECKING:
    from reviewer.gate.staged import Staged

UNSIGNED = 7
ASKS_FOR_ACTION = 10
BLOCKED = 11


def gate(words: Sequence[str]) -> int:
    """The exit code: 0 let out, 7 not signed off, 10 something to do, 11 blocked."""
    options = parse(words)
    with remembered_programs(home() / "cache") as programs:
        screener = screener_for(settings(options.policy, options.today, options.scenario))
        if not screener.ruleset.proved:
            programs.forget()
        gc.enable()  # the program's door put it off while everything was being loaded
        reviews = tuple(_reviews(options, screener))
    if not reviews:
        _say(tr("暂存区没有新的内容，无须审查", "nothing is staged: nothing to judge"))
        return 0
    unsigned = _unsigned(options, reviews) if options.require_signoff else {}
    code = _code(options, reviews, unsigned)
    _report(options, reviews)
    for path, reason in unsigned.items():
        _say(tr(f"{path}：不能发布：{reason}", f"{path}: must not go out: {reason}"))
    if code == 0:
        _say(_passed(options, len(reviews)))
    return code


def _reviews(options: Options, screener: Screener) -> Iterator[Review]:
    if options.staged:
        from reviewer.gate.staged import staged

        together = staged(options.paths)
        for one, names in zip(together, companions([one.path for one in together]), strict=True):
            yield _staged_review(screener, one, names, together)
        return
    files = walk([Path(path) for path in options.paths]).files
    for path, names in zip(files, companions([path.as_posix() for path in files]), strict=True):
        yield review_file(screener, Task(path=path, shown_as=str(path), beside=names))


def _staged_review(screener: Screener, one: Staged, names: Sequence[str], together: Sequence[Staged]) -> Review:
    """What lies beside it is what is staged with it, whatever the work tree holds."""
    folder = posixpath.dirname(one.path)

    def source(name: str) -> Source | None:
        path = posixpath.normpath(posixpath.join(folder, name))
        other = next((other for other in together if other.path == path and other.trouble is None), None)
        return Source(path=path, name=posixpath.basename(path), data=other.data) if other else None

    if one.trouble is not None:
        return screener.review(unread(Task(path=Path(one.path), shown_as=one.path), one.trouble))
    read = Source(path=one.path, name=Path(one.path).name, data=one.data)
    return screener.review(read, beside_sources(names, source) if names else ALONE)


def _unsigned(options: Options, reviews: Sequence[Review]) -> Mapping[str, str]:
    """Path → why no complete chain covers exactly these bytes."""
    from reviewer.gate.signed import why_not_signed

    return why_not_signed(options.ledger, reviews)


def _code(options: Options, reviews: Sequence[Review], unsigned: Mapping[str, str]) -> int:
    worst = max(review.verdict.decision for review in reviews)
    if worst is Decision.BLOCK:
        return BLOCKED  # no signature lets a suspected state secret through
    if options.require_signoff:
        return UNSIGNED if unsigned else 0
    return 0 if worst is Decision.CLEAR else ASKS_FOR_ACTION


def _report(options: Options, reviews: Sequence[Review]) -> None:
    """Nothing is printed of a clear document at a terminal: a hook that passes is silent but for one line."""
    shown = reviews if options.format == "jsonl" else [r for r in reviews if r.verdict.decision is not Decision.CLEAR]
    if not shown:
        return
    from reviewer.report import format_named, report

    writer = format_named(options.format, sys.stdout)
    for review in shown:
        writer.add(report(review))
    writer.close()


def _passed(options: Options, count: int) -> str:
    if options.require_signoff:
        return tr(f"{count} 份，审签齐全，字节一致，可以发布", f"{count} document(s): signed off, byte for byte")
    return tr(f"{count} 份，未发现问题", f"{count} document(s): clear")


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201
