"""The end of a run costs what the archive has documents, however many of them are alike."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from reviewer.audit.conclusion import conclude
from reviewer.audit.database import created, transaction

FORMS = 40_000  # pages made from one form


def test_pages_of_one_form_are_one_group_in_no_time(tmp_path: Path) -> None:
    with closing(created(tmp_path / "results.sqlite")) as results:
        with transaction(results):
            results.execute(
                """WITH RECURSIVE each (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM each WHERE id < ?)
                INSERT INTO file SELECT id, 0, CAST(id AS BLOB), 1, 1, 1, 2024, NULL FROM each""",
                (FORMS,),
            )
            results.execute(
                """INSERT INTO document SELECT id, 1, 1, 1, '', '', '', 1, 1, 'clear', 0, 0, 0, 0, 0, '[]', '[]',
                '[]', '{}', 1, 6 + id % 2, 1, NULL FROM file"""
            )
        began = time.process_time()
        with transaction(results):
            conclude(results, 1)
        took = time.process_time() - began
        kin = results.execute("SELECT kin, COUNT(*) FROM near GROUP BY kin").fetchall()
    assert kin == [(1, FORMS)]
    assert took < 8, "half a second; looking for the first of a group once a document took 40 s"
