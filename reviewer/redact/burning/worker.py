"""Lets a child process burn pictures: bounded and confined like every reader of pictures; JSON goes and comes."""

from __future__ import annotations

import json
import time
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, BinaryIO

from reviewer.extract import process
from reviewer.extract.limits import DEFAULT_LIMITS, Limits
from reviewer.redact.burning.task import Box, Done, Failed, Other, Span, Task

Result = Done | Failed | Other


def brushed(pictures: Sequence[bytes], tasks: Sequence[Task]) -> list[Result]:
    """What became of each picture; whatever a child does not finish has failed."""
    told = json.dumps([[b64encode(data).decode() for data in pictures], [asdict(task) for task in tasks]])
    work = process.Work(
        module="reviewer.redact.burning.worker",
        words=("reviewer.redact.burning.brush",),
        data=told.encode(),
        limits=DEFAULT_LIMITS,
    )
    route = process.forked if process.may_fork() else process.spawned
    output, deadline = b"", time.monotonic() + DEFAULT_LIMITS.wall_s
    try:
        with route(work) as running:
            try:
                while piece := running.read(deadline - time.monotonic()):
                    output += piece
                finished = True
            except TimeoutError:
                finished = False
            running.end(kill=not finished)
        results = [_result(row) for row in json.loads(output)]
    except (OSError, ValueError):
        results = []
    return results if len(results) == len(pictures) else [Failed(tasks=tuple(range(len(tasks))))] * len(pictures)


def work(words: tuple[str, ...], material: BinaryIO, output: BinaryIO, limits: Limits) -> None:
    """The child's side."""
    pictures, tasks = json.loads(material.read())
    results = burned([b64decode(data) for data in pictures], [_task(row) for row in tasks])
    output.write(json.dumps([_row(result) for result in results]).encode())


def burned(pictures: Sequence[bytes], tasks: Sequence[Task]) -> list[Result]:
    """The same in this very process."""
    from reviewer.extract.image.ocr import EngineError
    from reviewer.redact.burning.brush import burn

    results: list[Result] = []
    for data in pictures:
        try:
            results.append(burn(data, tasks))
        except EngineError:
            results.append(Failed(tasks=tuple(range(len(tasks)))))
    return results


def _task(row: dict[str, Any]) -> Task:
    lists: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Task(**{**lists, "spans": tuple(Span(*span) for span in row["spans"])})


def _row(result: Result) -> dict[str, Any]:
    match result:
        case Done():
            return asdict(result) | {"picture": b64encode(result.picture).decode()}
        case Failed():
            return {"tasks": result.tasks}
        case Other():
            return {}


def _result(row: dict[str, Any]) -> Result:
    if not row:
        return Other()
    if "picture" not in row:
        return Failed(tasks=tuple(row["tasks"]))
    return Done(
        tasks=tuple(row["tasks"]),
        picture=b64decode(row["picture"]),
        spans=tuple(Span(*span) for span in row["spans"]),
        boxes=tuple(Box(*box) for box in row["boxes"]),
    )
