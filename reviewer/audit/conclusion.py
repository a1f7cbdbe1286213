"""The end of a run: which documents are like each other, what changed since the run before, and the sums."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter

from reviewer.text.sketch import NEAR, NONE, distance

_BANDS, _BAND_BITS = 4, 16  # sketches that differ in three bits at most agree in one of four bands
_WINDOW = 64  # in one band, a sketch is compared with so many that follow it


def conclude(results: sqlite3.Connection, run: int) -> None:
    """Within a transaction of the caller."""
    _note_likeness(results, run)
    _note_changes(results, run)
    _note_sums(results, run)


def _note_likeness(results: sqlite3.Connection, run: int) -> None:
    files: dict[int, list[int]] = {}
    for sketch, file in results.execute(
        "SELECT sketch, id FROM document JOIN file ON id = file WHERE run = ? AND sketch <> ? ORDER BY id", (run, NONE)
    ):
        files.setdefault(sketch, []).append(file)
    kin: dict[int, list[int]] = {}
    for sketch, first in first_of_kin(list(files)).items():
        kin.setdefault(first, []).extend(files[sketch])
    results.execute("DELETE FROM near")
    for group in kin.values():
        if len(group) > 1:
            earliest = min(group)  # once: pages made from one form come by the ten thousand
            results.executemany("INSERT INTO near VALUES (?, ?)", [(file, earliest) for file in group])


def first_of_kin(sketches: list[int]) -> dict[int, int]:
    """For each sketch the one that stands for its group: linked by pairs that differ in `NEAR` bits at most."""
    first = {sketch: sketch for sketch in sketches}

    def root(sketch: int) -> int:
        while first[sketch] != sketch:
            first[sketch] = first[first[sketch]]
            sketch = first[sketch]
        return sketch

    for band in range(_BANDS):
        ordered = sorted(((sketch >> (band * _BAND_BITS)) & 0xFFFF, sketch) for sketch in sketches)
        for _, rows in groupby(ordered, key=itemgetter(0)):
            bucket = [sketch for _, sketch in rows]
            for at, one in enumerate(bucket):
                for other in bucket[at + 1 : at + 1 + _WINDOW]:
                    if distance(one, other) <= NEAR and root(one) != root(other):
                        first[root(other)] = root(one)
    return {sketch: root(sketch) for sketch in sketches}


def _note_changes(results: sqlite3.Connection, run: int) -> None:
    """A file that was not there before has no `was`; one that is gone, or waits, no `now`."""
    results.execute(
        """INSERT INTO change SELECT :run, id, was, CASE WHEN run = :run THEN verdict END
        FROM file LEFT JOIN document ON file = id
        WHERE was IS NOT CASE WHEN run = :run THEN verdict END""",
        {"run": run},
    )
    results.execute(
        """UPDATE file SET was = CASE WHEN run = :run THEN (SELECT verdict FROM document WHERE file = id) END
        WHERE id IN (SELECT file FROM change WHERE run = :run)""",
        {"run": run},
    )


_SUMS = {
    "verdict": "SELECT verdict, COUNT(*) FROM document JOIN file ON id = file WHERE run = :run GROUP BY 1",
    "category": "SELECT category, SUM(count) FROM tally JOIN file ON id = file WHERE run = :run GROUP BY 1",
    "rule": """SELECT rule, SUM(count) FROM tally JOIN file ON id = file
        WHERE run = :run AND action <> 'note' GROUP BY 1""",
}


def _note_sums(results: sqlite3.Connection, run: int) -> None:
    for what, sums in _SUMS.items():
        results.executemany(
            "INSERT INTO trend VALUES (?, ?, ?, ?)",
            [(run, what, name, count) for name, count in results.execute(sums, {"run": run}).fetchall()],
        )
