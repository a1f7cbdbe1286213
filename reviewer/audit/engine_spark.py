"""The Spark engine: the same workers as on one machine, a pool of one in every task of a cluster (`mapInArrow`).

Every machine of the cluster has this program, the office's policy and rules, and the archive at the same paths. A
machine that judges by another yardstick stops the run (`run.Run`); one that dies costs its tasks a second try.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from reviewer.errors import ConfigurationError
from reviewer.home import home
from reviewer.language import language, tr, use_language
from reviewer.report import Report, Reveal
from reviewer.report.form import unpacked
from reviewer.screen import Settings
from reviewer.screen.demand import Demand
from reviewer.screen.one import Task
from reviewer.screen.pool import in_workers

_MASTER = "REVIEWER_SPARK_MASTER"
_CHUNK = 10_000  # documents whose reports the driver holds at a time; they are stored before the next are asked for
_TASK = 200  # documents of one task of Spark: each starts a pool, and is what is done again when a machine dies


def screened(
    tasks: Sequence[Task], settings: Settings, *, jobs: int, demand: Demand
) -> Generator[tuple[int, Report], None, None]:
    """`jobs` is the cluster's own business. Ended with the run."""
    spark = _session()
    try:
        for start in range(0, len(tasks), _CHUNK):
            asked = [_asked(index, tasks[index]) for index in range(start, min(start + _CHUNK, len(tasks)))]
            parts = max(-(-len(asked) // _TASK), min(len(asked), spark.sparkContext.defaultParallelism))
            frame = spark.createDataFrame(asked, "asked string").repartition(parts)
            work = _work(replace(settings, cache=None), demand, language())
            for row in frame.mapInArrow(work, "answer binary").collect():
                answer = json.loads(bytes(row.answer).decode("utf-8", "surrogatepass"))
                yield answer["index"], unpacked(answer["report"])
    finally:
        spark.stop()


def _session() -> Any:
    """What `spark-submit` or spark-defaults.conf say; else this machine, each task tried up to four times."""
    try:
        import pyarrow  # noqa: F401 - asked for here, so that it is told before anything starts
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ConfigurationError(
            tr(
                f"--engine spark 需要组件 {error.name}：pip install 'reviewer[spark]'，并有 Java 17",
                f"--engine spark needs the component {error.name}: pip install 'reviewer[spark]', and Java 17",
            )
        ) from None
    if "SPARK_ENV_LOADED" not in os.environ:
        # Spark's own choice is the first python3 on the path, which need not be one that has this program.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("reviewer audit").config("spark.ui.showConsoleProgress", "false")
    if master := os.environ.get(_MASTER) or (None if "SPARK_ENV_LOADED" in os.environ else "local[*,4]"):
        builder = builder.master(master)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def _asked(index: int, task: Task) -> tuple[str]:
    """As JSON that any string may stand in: not every file name is text."""
    told = {
        "index": index,
        "path": os.fspath(task.path),
        "shown_as": task.shown_as,
        "beside": task.beside,
        "within": task.within,
    }
    return (json.dumps(told),)


def _work(settings: Settings, demand: Demand, lang: str) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """What a machine of the cluster does with the documents of one task."""

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        use_language(lang)
        asked = [json.loads(text) for batch in batches for text in batch.column(0).to_pylist()]
        tasks = [
            Task(path=Path(one["path"]), shown_as=one["shown_as"], beside=tuple(one["beside"]), within=one["within"])
            for one in asked
        ]
        here = replace(settings, cache=home() / "cache")
        for at, report in in_workers(tasks, here, Reveal.MASKED, jobs=1, demand=demand):
            told = json.dumps({"index": asked[at]["index"], "report": report.packed()}, ensure_ascii=False)
            answer = pyarrow.array([told.encode("utf-8", "surrogatepass")], pyarrow.binary())
            yield pyarrow.RecordBatch.from_arrays([answer], ["answer"])

    return work
