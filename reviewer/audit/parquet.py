"""A store as Parquet files (zstd), for DuckDB, Spark, pandas and whatever else reads columns: docs/audit-store.md."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from reviewer.audit.store import Store
from reviewer.audit.summary import summary
from reviewer.audit.takedown import unit_of
from reviewer.errors import ConfigurationError, UsageError
from reviewer.language import tr
from reviewer.refusal import cause

_ROWS = 20_000  # of one group: so many are held at a time

_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "document": "int64",
        "path": "string",
        "source": "int32",
        "unit": "string",
        "year": "int32",
        "size": "int64",
        "sha256": "string",
        "sm3": "string",
        "media_type": "string",
        "characters": "int64",
        "verdict": "string",
        "findings": "int32",
        "asking": "int32",
        "critical": "int32",
        "high": "int32",
        "gaps": "int32",
        "copy_of": "int64",
        "kin": "int64",
        "millis": "int32",
    },
    "findings": {
        "document": "int64",
        "rule": "string",
        "category": "string",
        "type": "string",
        "severity": "string",
        "action": "string",
        "detector": "string",
        "confidence": "float32",
        "masked": "string",
        "place": "string",
        "part": "string",
        "hidden": "bool_",
        "start": "int64",
        "end": "int64",
        "fingerprint": "string",
    },
    "gaps": {"document": "int64", "place": "string", "reason": "string"},
    "matters": {
        "document": "int64",
        "rule": "string",
        "value": "string",
        "category": "string",
        "severity": "string",
        "action": "string",
        "count": "int32",
        "ruling": "string",
        "ruled_by": "string",
    },
    "rules": {"rule": "string", "title": "string", "title_en": "string", "basis": "string", "remedy": "string"},
    "runs": {"run": "int64", "ended": "string", "what": "string", "name": "string", "count": "int64"},
}


def export(store: Store, folder: Path) -> dict[str, int]:
    """Write one file a table into a new folder; how many rows each has.

    Raises ConfigurationError without pyarrow, UsageError when the folder cannot be made or holds anything.
    """
    arrow, parquet = _arrow()
    since = summary(store).since
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(tr(f"{folder}：不是空文件夹，不覆盖", f"{folder}: not empty; it is left alone"))
        return {name: _written(arrow, parquet, folder, name, rows(store, since)) for name, rows in _TABLES.items()}
    except OSError as error:
        raise UsageError(tr(f"{folder}：写不进去：{cause(error)}", f"{folder}: {cause(error)}")) from None


def _written(arrow: Any, parquet: Any, folder: Path, name: str, rows: Iterator[tuple[Any, ...]]) -> int:
    schema = arrow.schema([(column, getattr(arrow, kind)()) for column, kind in _COLUMNS[name].items()])
    target, count = folder / f"{name}.parquet", 0
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    with parquet.ParquetWriter(temporary, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _ROWS)):
            count += len(batch)
            columns = [
                arrow.array(column, kind.type) for column, kind in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            writer.write_table(arrow.Table.from_arrays(columns, schema=schema))
    temporary.replace(target)
    return count


def _documents(store: Store, since: int) -> Iterator[tuple[Any, ...]]:
    for row in store.results.execute(
        """SELECT id, source, path, year, document.size, sha256, sm3, media_type, characters, verdict, found, asking,
        critical, high, unread, copy_of, kin, millis
        FROM document JOIN file ON id = document.file LEFT JOIN near ON near.file = id WHERE run >= ? ORDER BY id""",
        (since,),
    ):
        number, source, path, *rest = row
        yield (number, store.shown(source, path), source, unit_of(path), *rest)


def _findings(store: Store, since: int) -> Iterator[tuple[Any, ...]]:
    for file, findings in store.results.execute(
        "SELECT id, findings FROM document JOIN file ON id = file WHERE run >= ? AND found > 0 ORDER BY id", (since,)
    ):
        for one in json.loads(findings):
            place = one["location"]
            yield (
                *(file, one["rule"], one["category"], one["type"], one["severity"], one["action"], one["detector"]),
                *(one["confidence"], one["text"], place["place"], place["part"], place["hidden"]),
                *(place["start"], place["end"], one["fingerprint"]),
            )


def _gaps(store: Store, since: int) -> Iterator[tuple[Any, ...]]:
    for file, gaps in store.results.execute(
        "SELECT id, gaps FROM document JOIN file ON id = file WHERE run >= ? AND unread > 0 ORDER BY id", (since,)
    ):
        yield from ((file, gap["place"], gap["reason"]) for gap in json.loads(gaps))


def _matters(store: Store, since: int) -> Iterator[tuple[Any, ...]]:
    yield from store.results.execute(
        """SELECT matter.file, matter.rule, matter.value, category, severity, action, count, ruling, by
        FROM matter JOIN file ON id = matter.file
        LEFT JOIN (SELECT rule, value, ruling, by, MAX(id) FROM ruling
            WHERE NOT again AND ruling <> 'skipped' GROUP BY rule, value) AS said
        ON said.rule = matter.rule AND said.value = matter.value
        WHERE run >= ? ORDER BY matter.file""",
        (since,),
    )


def _rules(store: Store, _: int) -> Iterator[tuple[Any, ...]]:
    yield from store.results.execute("SELECT id, title, title_en, basis, remedy FROM rule ORDER BY id")


def _runs(store: Store, _: int) -> Iterator[tuple[Any, ...]]:
    yield from store.results.execute(
        "SELECT number, ended, what, name, count FROM run JOIN trend ON run = number ORDER BY number, what, name"
    )


_TABLES: Mapping[str, Callable[[Store, int], Iterator[tuple[Any, ...]]]] = {
    "documents": _documents,
    "findings": _findings,
    "gaps": _gaps,
    "matters": _matters,
    "rules": _rules,
    "runs": _runs,
}


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ConfigurationError(
            tr(
                "导出 Parquet 需要组件 pyarrow：pip install 'reviewer[parquet]'",
                "Parquet needs the component pyarrow: pip install 'reviewer[parquet]'",
            )
        ) from None
    return pyarrow, parquet
