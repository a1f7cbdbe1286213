"""The Spark engine: the same workers as on one machine, one beside every process of a cluster that does tasks
(`mapInArrow`).

Every machine of the cluster has this program, the office's policy and rules, and the archive at the same paths. A
machine that judges by another yardstick stops the run (`run.Run`); one that dies costs its tasks a second try.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
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
from reviewer.screen.pool import Crew

_MASTER = "REVIEWER_SPARK_MASTER"
_CHUNK = 10_000  # documents whose reports the driver holds at a time; they are stored before the next are asked for
_TASK = 200  # documents of one task of Spark: what is done again when a machine dies
_ROUNDS = 2  # of tasks for every processor of the cluster in a chunk: a large cluster waits for no small chunk's end


def screened(
    tasks: Sequence[Task], settings: Settings, *, jobs: int, demand: Demand
) -> Generator[tuple[int, Report], None, None]:
    """`jobs` is the cluster's own business. Ended with the run."""
    spark = _session()
    try:
        at_once = spark.sparkContext.defaultParallelism
        chunk = max(_CHUNK, at_once * _ROUNDS * _TASK)
        for start in range(0, len(tasks), chunk):
            asked = [_asked(index, tasks[index]) for index in range(start, min(start + chunk, len(tasks)))]
            parts = max(-(-len(asked) // _TASK), min(len(asked), at_once))
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
        crew = _crew(replace(settings, cache=home() / "cache"), demand)
        for at, report in crew.reports(tasks):
            told = json.dumps({"index": asked[at]["index"], "report": report.packed()}, ensure_ascii=False)
            answer = pyarrow.array([told.encode("utf-8", "surrogatepass")], pyarrow.binary())
            yield pyarrow.RecordBatch.from_arrays([answer], ["answer"])

    return work


@lru_cache(maxsize=1)
def _crew(settings: Settings, demand: Demand) -> Crew:
    """Spark uses its Python processes for one task after another: the worker stays as long as they do."""
    crew = Crew(settings, Reveal.MASKED, demand, jobs=1)
    atexit.register(crew.dismiss)  # else a process that ends would wait for its worker, and the worker for it
    return crew
