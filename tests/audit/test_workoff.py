"""Working a store off at the command line: questions, rulings, the sample and its certificate, copies and kin."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from archives import MARKED, WORD, Audit, Said, write

from reviewer.audit.store import RESULTS
from reviewer.detect.packet import stands_alone
from reviewer.extract import Source, extract

STORE = Path("结果")
NUMBER = "110101190001010014"
LONG = "".join(f"第{at}项工作由{chr(0x4E00 + at * 31)}{chr(0x5E00 + at * 17)}办理，按期完成。" for at in range(40))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive and its audit, made once for all tests of this module."""
    return tmp_path_factory.mktemp("做一次")


@pytest.fixture
def audited(office: Path, made: Path, audit: Audit) -> Path:
    """Two copies, two of a form, one number in three files, a mark."""
    root = office / "存量"
    if not (made / STORE).exists():
        for year in (2019, 2024):
            write(
                root / f"{year}",
                {"公告.txt": "关于停水的公告\n请居民提前储水。\n", f"表{year}.txt": f"{LONG}编号{year}。\n"},
            )
        write(root / "2020", {f"名单{at}.txt": f"户主：李德福，身份证号：{NUMBER}，第{at}批\n" for at in range(3)})
        write(root / "2024", {"进展.txt": f"第1期：{WORD}进展顺利。\n", "通知.txt": MARKED})
        assert audit("run", STORE, root).code == 11
        shutil.copytree(STORE, made / STORE)
        shutil.copytree(root, made / "存量", copy_function=shutil.copy2)
        (made / "原处").write_text(str(office), "utf-8")
    else:
        shutil.copytree(made / "存量", root, copy_function=shutil.copy2)
        shutil.copytree(made / STORE, STORE)
        moved((made / "原处").read_text("utf-8"), str(office))
    return STORE


def moved(before: str, after: str) -> None:
    """The store as if the archive had always been here."""
    import hashlib

    path = STORE / "manifest.json"
    written = path.read_bytes().replace(json.dumps(before)[1:-1].encode(), json.dumps(after)[1:-1].encode())
    path.write_bytes(written)
    with closing(sqlite3.connect(STORE / RESULTS)) as results, results:
        results.execute("INSERT INTO manifest VALUES (?)", ("sha256:" + hashlib.sha256(written).hexdigest(),))


def rows(question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(STORE / RESULTS)) as results:
        return results.execute(question).fetchall()


def typed(audit: Audit, monkeypatch: pytest.MonkeyPatch, keys: str, *words: object) -> Said:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in keys)))
    return audit(*words)


def test_a_copy_is_not_read_again_and_kin_are_known(audited: Path, audit: Audit) -> None:
    (copies,) = rows("SELECT COUNT(*) FROM document WHERE copy_of IS NOT NULL")
    assert copies == (1,)
    names = rows("SELECT path FROM near JOIN file ON id = near.file ORDER BY path")
    assert [bytes(path).decode() for (path,) in names] == ["2019/表2019.txt", "2024/表2024.txt"]
    told = json.loads(audit("report", STORE, "--format", "json").out)
    assert told["likeness"] == {"copies": 1, "groups": 1, "grouped": 2}
    (group,) = told["near_duplicates"]
    assert (Path(group["path"]).name, group["documents"], group["asking"]) == ("表2019.txt", 2, 0)


def test_the_same_number_in_three_files_is_one_question(audited: Path, audit: Audit) -> None:
    lines = [line.split("\t") for line in audit("next", STORE, "--list", "50").out.splitlines()]
    assert lines[0][1] == "state-secret/mark"
    (number,) = [line for line in lines if line[1] == "personal-privacy/resident-id"]
    assert number[2:4] == ["3", "3"]
    assert [float(line[0]) for line in lines] == sorted((float(line[0]) for line in lines), reverse=True)


def test_questions_show_the_place_and_nothing_that_was_found(
    audited: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = typed(audit, monkeypatch, "s" * 9, "next", STORE, "--by", "李四")
    assert said.code == 0
    assert "11010*********0014" in said.out and NUMBER not in said.out
    assert "机密" not in said.out and "通知.txt" in said.out
    assert WORD not in said.out
    assert {ruling for (ruling,) in rows("SELECT ruling FROM ruling")} == {"skipped"}


def test_rulings_are_kept_and_not_asked_for_again(audited: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    (before,) = rows("SELECT COUNT(*) FROM (SELECT DISTINCT rule, value FROM matter)")
    typed(audit, monkeypatch, "ynq", "next", STORE, "--by", "李四")
    said = typed(audit, monkeypatch, "q", "next", STORE, "--by", "王五")
    assert f"还有 {before[0] - 2} 条" in said.out  # type: ignore[operator]
    assert rows("SELECT ruling, by FROM ruling") == [("confirmed", "李四"), ("false_positive", "李四")]


def test_rulings_become_labels(
    audited: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from reviewer.__main__ import run

    typed(audit, monkeypatch, "n", "next", STORE, "--by", "李四", "--rule", "office/project", "--limit", "1")
    assert run(["model", "labels", str(STORE), "-o", "标注.jsonl"]) == 0
    (label,) = [json.loads(line) for line in Path("标注.jsonl").read_text("utf-8").splitlines()]
    assert (label["text"].strip(), label["ruling"]) == (f"第1期：{WORD}进展顺利。", "false_positive")


def test_a_certificate_needs_a_sample_read_to_its_end(
    audited: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert audit("certify", STORE).code == 7
    assert typed(audit, monkeypatch, "nq", "sample", STORE, "--size", "3", "--seed", "甲", "--by", "王五").code == 0
    assert audit("certify", STORE).code == 7
    typed(audit, monkeypatch, "nn", "sample", STORE, "--by", "王五")
    told = json.loads(audit("certify", STORE, "--json").out)
    assert (told["population"], told["sample"], told["leaks"], told["readers"]) == (4, 3, 0, ["王五"])
    assert told["upper_bound"] == pytest.approx(1 - 0.05 ** (1 / 3), abs=1e-9)
    said = audit("certify", STORE).out
    assert "不超过 63.16 %" in said and "王五" in said and len(said.splitlines()) == 1


def test_a_leak_that_was_found_counts(audited: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(audit, monkeypatch, "ynnn", "sample", STORE, "--size", "4", "--by", "王五")
    assert json.loads(audit("certify", STORE, "--json").out)["leaks"] == 1


def test_a_draw_is_the_seed_s_choice_and_ends_with_its_pile(audited: Path, audit: Audit) -> None:
    one, other = (audit("sample", STORE, "--size", "2", "--seed", "甲").out for _ in range(2))
    assert one == other
    write(Path("存量") / "2024", {"新.txt": "停电通知。\n"})
    audit("run", STORE, "存量")
    said = audit("certify", STORE)
    assert said.code == 7
    assert "重新抽样" in said.err


def test_changes_since_the_last_run_are_kept(audited: Path, audit: Audit) -> None:
    (Path("存量") / "2024" / "通知.txt").unlink()
    write(Path("存量") / "2024", {"进展.txt": "第1期：进展顺利。\n"})
    assert audit("run", STORE, "存量").code == 10
    changes = rows("SELECT path, change.was, now FROM change JOIN file ON id = file WHERE change.run = 2 ORDER BY path")
    assert [(bytes(path).decode(), was, now) for path, was, now in changes] == [  # type: ignore[arg-type]
        ("2024/进展.txt", "redact", "clear"),
        ("2024/通知.txt", "block", None),
    ]


def test_the_store_holds_no_number_and_no_word(audited: Path) -> None:
    for path in STORE.iterdir():
        held = path.read_bytes()
        assert NUMBER.encode() not in held and WORD.encode() not in held and "李德福".encode() not in held


@pytest.mark.parametrize(
    ("text", "alone"),
    [("明日停水。\n", True), ("关于评审的通知\n附件：1.名单\n　　　2.办法\n", False), ("见附件。\n", None)],
)
def test_what_announces_attachments_does_not_stand_alone(text: str, alone: bool | None) -> None:
    document = extract(Source(path="a.txt", name="a.txt", data=text.encode()))
    assert alone is None or stands_alone(document) is alone


def test_a_store_is_queried_as_columns(audited: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra `parquet` is not installed")
    pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    typed(audit, monkeypatch, "n", "next", STORE, "--by", "李四", "--rule", "office/project", "--limit", "1")
    assert audit("export", STORE, "-o", "列").code == 0
    told = json.loads(audit("report", STORE, "--format", "json").out)
    asked = duckdb.sql
    assert dict(asked("SELECT verdict, COUNT(*) FROM '列/documents.parquet' GROUP BY 1").fetchall()) == {
        name: count for name, count in told["by_verdict"].items() if count
    }
    assert asked("SELECT COUNT(*) FROM '列/findings.parquet'").fetchall() == [(told["findings"],)]
    assert asked("SELECT ruling, ruled_by FROM '列/matters.parquet' WHERE rule = 'office/project'").fetchall() == [
        ("false_positive", "李四")
    ]
    for path in Path("列").iterdir():
        assert NUMBER.encode() not in path.read_bytes()
    assert audit("export", STORE, "-o", "列").code == 2


def test_the_takedown_list_leaves_out_what_was_ruled_to_be_nothing_but_never_a_mark(
    audited: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listed() -> list[str]:
        lines = audit("report", STORE, "--format", "takedown").out.splitlines()
        return [line.rpartition("/")[2] for line in lines]

    before = listed()
    assert before[0] == "通知.txt" and "进展.txt" in before
    for rule in ("office/project", "state-secret/mark"):
        typed(audit, monkeypatch, "n", "next", STORE, "--by", "李四", "--rule", rule)
    assert listed() == [name for name in before if name != "进展.txt"]


def test_the_page_for_the_leader_names_the_first_and_holds_no_text(audited: Path, audit: Audit) -> None:
    page = audit("report", STORE, "--format", "brief").out
    assert "2024/通知.txt" in page and "<script" not in page
    assert NUMBER not in page and WORD not in page
