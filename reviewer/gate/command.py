"""`reviewer gate`: judges what is staged or named, and with --require-signoff lets out only what a chain signed."""

from __future__ import annotations

import gc
import os
import posixpath
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from reviewer.detect.packet import ALONE
from reviewer.errors import UsageError
from reviewer.extract import Source, extract
from reviewer.gate.options import Options, parse
from reviewer.gate.programs import remembered_programs
from reviewer.home import home
from reviewer.language import tr
from reviewer.policy import FILE_NAMES
from reviewer.refusal import cause
from reviewer.screen.beside import beside_sources, companions
from reviewer.screen.one import Task, review_file, unread
from reviewer.screen.screener import Screener, screener_for
from reviewer.screen.settings import Settings, settings, settings_under
from reviewer.screen.walk import walk
from reviewer.terms import Decision, Gap, Review
from reviewer.value import replace

if TYPE_CHECKING:
    from reviewer.gate.staged import Staged

UNSIGNED = 7
ASKS_FOR_ACTION = 10
BLOCKED = 11


def gate(words: Sequence[str]) -> int:
    """The exit code: 0 let out, 7 not signed off, 10 something to do, 11 blocked."""
    options = parse(words)
    if options.install:
        from reviewer.gate.install import install

        return install(require_signoff=options.require_signoff)
    if options.base is None:
        return _judged(options, settings(options.policy, options.today, options.scenario), ())
    from reviewer.gate.base import HOOKS, approved

    with approved(options.base, options.policy) as held:
        grounds = (*held.inside, *FILE_NAMES[:1], *HOOKS)
        return _judged(options, settings_under(held.policy, options.today, options.scenario), grounds)


def _judged(options: Options, under: Settings, grounds: Sequence[str]) -> int:
    """`grounds`: the files of the repository that the judgement rests on; a change that edits them is told so."""
    together: tuple[Staged, ...] = ()
    if options.staged:
        from reviewer.gate.staged import staged

        together = staged(options.paths)
    with remembered_programs(home() / "cache") as programs:
        screener = screener_for(under)
        if not screener.ruleset.proved:
            programs.forget()
        gc.enable()  # the program's door put it off while everything was being loaded
        reviews = tuple(_reviews(options, screener, together))
    if options.staged:
        _tell_edits(options, grounds)
    if not reviews:
        _say(tr("暂存区没有新的内容，无须审查", "nothing is staged: nothing to judge"))
        return 0
    if options.base is not None and screener.policy.allowances:
        reviews = _allowed(options.base, screener, reviews)
    if options.since:
        reviews = _since(options, reviews)
    unsigned = _unsigned(options, reviews) if options.require_signoff else {}
    code = _code(options, reviews, unsigned)
    _report(options, reviews)
    for path, reason in unsigned.items():
        _say(tr(f"{path}：不能发布：{reason}", f"{path}: must not go out: {reason}"))
    if code == 0 and together and (anew := _moved(together)) is not None:
        _say(tr(f"{anew}：审查期间暂存内容变了，请重新提交", f"{anew}: staged anew while it was judged; try again"))
        return ASKS_FOR_ACTION
    if code == 0:
        _say(_passed(options, len(reviews)))
    return code


def _moved(together: Sequence[Staged]) -> str | None:
    from reviewer.gate.staged import moved

    return moved(together)


def _tell_edits(options: Options, grounds: Sequence[str]) -> None:
    """A change may edit what it is judged by; it is judged by what was approved before, and everybody is told."""
    from reviewer.gate.staged import edited

    for path in edited(grounds):
        _say(
            tr(
                f"{path}：本次改动修改了审查依据；本次仍按已批准的 {options.base} 判断，改动本身请审批人核对",
                f"{path}: the change edits what it is judged by; {options.base} counts. Have the edit itself approved",
            )
        )


def _reviews(options: Options, screener: Screener, together: Sequence[Staged]) -> Iterator[Review]:
    if options.staged:
        for one, names in zip(together, companions([one.path for one in together]), strict=True):
            yield _staged_review(screener, one, names, together)
        yield from _folder_reviews(screener, [one.path for one in together])
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
    document = extract(Source(path=one.path, name=Path(one.path).name, data=one.data))
    if one.altered:
        document = replace(document, gaps=(*document.gaps, _altered(one.altered)))
    return screener.review_document(document, beside_sources(names, source) if names else ALONE)


def _altered(how: str) -> Gap:
    return Gap(
        place=tr("全文", "all of it"),
        reason=tr(
            f"git 属性 {how}：检出或打包时字节会变，发布的不是暂存的内容",
            f"git attribute {how}: checked out or archived it has other bytes than are staged",
        ),
    )


def _folder_reviews(screener: Screener, paths: Sequence[str]) -> Iterator[Review]:
    """What the names of folders say: they are published with every address. Silent where nothing is found."""
    folders: dict[str, str] = {}
    for path in paths:
        at = posixpath.dirname(path)
        while at and at != "/":
            folders.setdefault(posixpath.basename(at), at)
            at = posixpath.dirname(at)
    for name, path in folders.items():
        if name.strip("."):
            review = screener.review(Source(path=f"{path}/", name=name, data=b""))
            if review.verdict.findings:
                yield review


def _allowed(base: str, screener: Screener, reviews: Sequence[Review]) -> tuple[Review, ...]:
    """Findings that lines of the approved commit allow are set aside; each use is printed, and they are counted."""
    from reviewer.gate.allowances import allowed, told

    judged, count = [], 0
    for review in reviews:
        one, uses = allowed(review, base, screener.today)
        judged.append(one)
        count += len(uses)
        for line in told(review.document.path, uses):
            _say(line)
    if count:
        _say(tr(f"行内许可共放行 {count} 处", f"{count} findings allowed inline"))
    return tuple(judged)


def _since(options: Options, reviews: Sequence[Review]) -> tuple[Review, ...]:
    """What changed since the approvals of these records is told; rulings on what did not are taken from them."""
    from reviewer.gate.since import approvals, since

    approved = approvals(options.since, options.trust)
    told = []
    for review in reviews:
        one, lines = since(review, approved)
        told.append(one)
        for line in lines:
            _say(line)
    return tuple(told)


def _unsigned(options: Options, reviews: Sequence[Review]) -> Mapping[str, str]:
    """Path → why no complete chain covers exactly these bytes."""
    from reviewer.gate.signed import Evidence, why_not_signed

    evidence = Evidence(ledger=options.ledger, records=options.records, trust=options.trust, channel=options.channel)
    return why_not_signed(evidence, reviews)


def _code(options: Options, reviews: Sequence[Review], unsigned: Mapping[str, str]) -> int:
    worst = max(review.verdict.decision for review in reviews)
    if worst is Decision.BLOCK:
        return BLOCKED  # no signature lets a suspected state secret through
    if options.require_signoff:
        return UNSIGNED if unsigned else 0
    return 0 if worst is Decision.CLEAR else ASKS_FOR_ACTION


def _report(options: Options, reviews: Sequence[Review]) -> None:
    """Nothing is printed of a clear document at a terminal: a hook that passes is silent but for one line."""
    shown = reviews if options.format != "table" else [r for r in reviews if r.verdict.decision is not Decision.CLEAR]
    if not shown and options.output is None:
        return
    from reviewer.report import format_named, report
    from reviewer.screen.repository import root_of

    with _destination(options.output) as out:
        writer = format_named(options.format, out, root_of(Path.cwd()))
        for review in shown:
            writer.add(report(review))
        writer.close()


@contextmanager
def _destination(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is there whole or not at all."""
    if path is None:
        yield sys.stdout
        return
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as out:
            yield out
        temporary.replace(path)
    except OSError as error:
        raise UsageError(tr(f"{path}：写不进去：{cause(error)}", f"{path}: {cause(error)}")) from None
    finally:
        temporary.unlink(missing_ok=True)


def _passed(options: Options, count: int) -> str:
    if options.require_signoff:
        return tr(f"{count} 份，审签齐全，字节一致，可以发布", f"{count} document(s): signed off, byte for byte")
    return tr(f"{count} 份，未发现问题", f"{count} document(s): clear")


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201
