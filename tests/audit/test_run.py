"""A run screens everything once; the same run again does what is missing, changed or judged otherwise."""

from __future__ import annotations

import importlib.metadata
import json
import os
from pathlib import Path
from typing import Any

import pytest
from archives import MARKED, WORD, Audit, write

from reviewer.audit.run import Order, begun
from reviewer.screen import settings

STORE = Path("结果")
LONG_AGO_S = 1_700_000_000


def numbers(audit: Audit) -> dict[str, Any]:
    said = audit("report", STORE, "--format", "json")
    assert said.code == 0
    told: dict[str, Any] = json.loads(said.out)
    return told


def age(*paths: Path) -> None:
    """Files as old as an archive's: not written in the very moment of the audit."""
    for path in paths:
        os.utime(path, (LONG_AGO_S, LONG_AGO_S))


def everything(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_every_file_is_a_document_of_the_store(archive: Path, audit: Audit) -> None:
    said = audit("run", STORE, archive)
    assert said.code == 11
    assert "本次要审 10 份" in said.err
    told = numbers(audit)
    assert told["documents"] == 10
    assert told["by_verdict"] == {"clear": 6, "redact": 2, "refer": 1, "block": 1}
    assert told["by_category"]["work_secret"] == 3, "the note that 坏.docx is not what its name says, too"
    assert told["unreadable"] == 1
    assert told["complete"] is True


def test_the_results_are_those_of_screen(archive: Path, audit: Audit, capsys: pytest.CaptureFixture[str]) -> None:
    from reviewer.__main__ import run

    audit("run", STORE, archive)
    stored = {row["document"]["path"]: row for row in _lines(audit("report", STORE, "--format", "jsonl").out)}
    run(["screen", str(archive), "--format", "jsonl"])
    screened = {row["document"]["path"]: row for row in _lines(capsys.readouterr().out)}
    for row in screened.values():
        for finding in row["findings"]:
            finding["text"] = "" if finding["category"] == "state_secret" else finding["text"]
    assert stored == screened


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("files", "code"),
    [({"a.txt": "停水通知。\n"}, 0), ({"a.txt": "停水。\n", "b.txt": f"{WORD}\n"}, 10), ({"a.txt": MARKED}, 11)],
)
def test_exit_code_is_of_the_worst_in_the_store(files: dict[str, str], code: int, office: Path, audit: Audit) -> None:
    write(office / "源", files)
    assert audit("run", STORE, "源").code == code
    assert audit("run", STORE, "源").code == code  # nothing is screened, the store still says so


def test_the_same_again_screens_nothing(archive: Path, audit: Audit) -> None:
    age(*everything(archive))
    (archive / "坏.docx").unlink()
    audit("run", STORE, archive)
    said = audit("run", STORE, archive)
    assert "已审 9 份，本次要审 0 份" in said.err
    assert numbers(audit)["documents"] == 9


def test_a_changed_file_is_screened_again(archive: Path, audit: Audit) -> None:
    audit("run", STORE, archive)
    (archive / "2024" / "公告0.txt").write_text(f"{WORD}\n", "utf-8")
    said = audit("run", STORE, archive)
    assert "1 份内容有变" in said.err
    assert numbers(audit)["by_verdict"] == {"clear": 5, "redact": 3, "refer": 1, "block": 1}


def test_a_touched_file_with_the_same_bytes_is_not(archive: Path, audit: Audit) -> None:
    audit("run", STORE, archive)
    age(*everything(archive))
    assert "本次要审 0 份" in audit("run", STORE, archive).err
    assert "本次要审 0 份" in audit("run", STORE, archive).err


def test_a_file_changed_within_one_tick_to_the_same_size_is_noticed(office: Path, audit: Audit) -> None:
    """Its time and size say nothing: a file as young as the listing is known by its digest only."""
    write(office / "源", {"a.txt": "甲乙丙丁\n"})
    path = office / "源" / "a.txt"
    facts = path.stat()
    assert audit("run", STORE, "源").code == 0
    path.write_text(f"{WORD}\n", "utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert path.stat().st_size == facts.st_size
    assert audit("run", STORE, "源").code == 10


def test_a_new_file_is_added(archive: Path, audit: Audit) -> None:
    audit("run", STORE, archive)
    write(archive / "2026", {"新.txt": "停电通知。\n"})
    assert "已审 10 份，本次要审 1 份" in audit("run", STORE, archive).err
    assert numbers(audit)["documents"] == 11


def test_a_file_that_is_gone_is_told_and_not_counted(archive: Path, audit: Audit) -> None:
    audit("run", STORE, archive)
    marked = archive / "密" / "通知.txt"
    marked.unlink()
    assert audit("run", STORE, archive).code == 10
    told = numbers(audit)
    assert (told["documents"], told["missing"], told["by_verdict"]["block"]) == (9, 1, 0)
    assert told["missing_files"] == [str(marked)]
    assert told["complete"] is True
    marked.write_text(MARKED, "utf-8")
    assert "本次要审 0 份" in audit("run", STORE, archive).err
    assert numbers(audit)["missing"] == 0


def test_a_file_that_could_not_be_opened_is_tried_again(office: Path, audit: Audit) -> None:
    write(office / "源", {"a.txt": "停水。\n"})
    (office / "源" / "ghost.txt").symlink_to(office / "nowhere.txt")
    assert audit("run", STORE, "源").code == 10
    assert "1 份上次打不开" in audit("run", STORE, "源").err
    write(office, {"nowhere.txt": "停电。\n"})
    assert audit("run", STORE, "源").code == 0


def test_another_rule_screens_everything_again(archive: Path, office: Path, audit: Audit) -> None:
    audit("run", STORE, archive)
    rules = office / "规则" / "项目.toml"
    rules.write_text(rules.read_text("utf-8").replace('action = "mask"', 'action = "refer"'), "utf-8")
    said = audit("run", STORE, archive)
    assert "10 份是按以前的规则" in said.err
    assert numbers(audit)["by_verdict"] == {"clear": 6, "redact": 0, "refer": 3, "block": 1}
    assert "本次要审 0 份" in audit("run", STORE, archive).err


def test_a_component_installed_since_has_everything_read_again(
    archive: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be read without it is a gap no longer, and nothing but the reading can tell of which file."""
    age(*everything(archive))
    audit("run", STORE, archive)
    version = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "99" if name == "onnxruntime" else version(name))
    assert "本次要审 10 份" in audit("run", STORE, archive).err
    assert "本次要审 0 份" in audit("run", STORE, archive).err


def test_a_changed_ruling_screens_everything_again(archive: Path, office: Path, audit: Audit) -> None:
    """The policy names the file of rulings; its own digest does not change with them."""
    policy = office / "reviewer.toml"
    policy.write_text(policy.read_text("utf-8") + 'baseline = "reviewer.baseline.json"\n', "utf-8")
    baseline = office / "reviewer.baseline.json"
    from reviewer.baseline import new_baseline, save_baseline

    save_baseline(baseline, new_baseline())
    audit("run", STORE, archive)
    baseline.write_text(baseline.read_text("utf-8") + " \n", "utf-8")
    assert "10 份是按以前的" in audit("run", STORE, archive).err


def test_the_day_of_the_first_run_holds_until_another_is_named(archive: Path, audit: Audit) -> None:
    audit("run", STORE, archive, "--today", "2026-01-05")
    assert numbers(audit)["day"] == "2026-01-05"
    assert "本次要审 0 份" in audit("run", STORE, archive).err
    assert "10 份是按以前的" in audit("run", STORE, archive, "--today", "2026-01-06").err
    assert numbers(audit)["day"] == "2026-01-06"


def test_stale_rows_count_until_they_are_screened_again(archive: Path, audit: Audit) -> None:
    audit("run", STORE, archive, "--today", "2026-01-05")
    with begun(order(archive, day="2026-01-06")) as one:
        assert (one.total, len(one.pending), one.changes.stale) == (10, 10, 10)
    told = numbers(audit)
    assert (told["documents"], told["stale"], told["waiting"], told["complete"]) == (10, 10, 10, False)


def order(*sources: Path, day: str | None = None) -> Order:
    return Order(
        store=STORE, sources=sources, settings=settings(None, day), day=day, hidden=False, engine="local", jobs=1
    )


def test_a_run_left_in_the_middle_keeps_what_it_did(archive: Path, audit: Audit) -> None:
    with begun(order(archive)) as one:
        screening = one.screen()
        for _ in range(4):
            next(screening)
        screening.close()  # type: ignore[attr-defined]
    told = numbers(audit)
    assert told["documents"] + told["waiting"] == 10
    assert told["documents"] >= 4
    assert told["complete"] is False
    assert "未审完" in audit("report", STORE).out
    audit("run", STORE, archive)
    assert numbers(audit)["complete"] is True
    assert numbers(audit)["documents"] == 10


def test_one_source_may_be_a_file(archive: Path, audit: Audit) -> None:
    assert audit("run", STORE, archive / "2024", archive / "密" / "通知.txt").code == 11
    told = numbers(audit)
    assert told["documents"] == 7
    assert told["worst"][0]["path"] == str(archive / "密" / "通知.txt")


def test_a_source_may_be_added_and_none_left_out(archive: Path, audit: Audit) -> None:
    audit("run", STORE, archive / "2024")
    said = audit("run", STORE, archive / "2025")
    assert said.code == 2
    assert str(archive / "2024") in said.err
    assert audit("run", STORE, archive / "2024", archive / "2025").code == 10
    assert numbers(audit)["documents"] == 8
    assert [Path(source).name for source in numbers(audit)["sources"]] == ["2024", "2025"]


@pytest.mark.parametrize("inner", [".", "2024", "2024/公告0.txt"])
def test_a_source_in_another_is_refused(inner: str, archive: Path, audit: Audit) -> None:
    assert audit("run", STORE, archive, archive / inner).code == 2
    assert not STORE.exists()


def test_the_store_itself_is_not_audited(archive: Path, audit: Audit) -> None:
    inside = archive / "结果"
    assert audit("run", inside, archive).code == 11
    assert audit("run", inside, archive).code == 11
    told = json.loads(audit("report", inside, "--format", "json").out)
    assert (told["documents"], told["missing"], told["skipped_folders"]) == (10, 0, {})


def test_hidden_folders_are_told_and_once_entered_stay_entered(archive: Path, audit: Audit) -> None:
    write(archive / ".旧", {"a.txt": "停水。\n"})
    audit("run", STORE, archive)
    assert numbers(audit)["skipped_folders"] == {"hidden": 1}
    assert "--hidden" in audit("report", STORE).out
    audit("run", STORE, archive, "--hidden")
    assert numbers(audit)["documents"] == 11
    audit("run", STORE, archive)
    assert (numbers(audit)["documents"], numbers(audit)["missing"]) == (11, 0)


def test_a_link_to_a_folder_is_not_followed_but_told(archive: Path, audit: Audit) -> None:
    (archive / "环").symlink_to(archive, target_is_directory=True)
    audit("run", STORE, archive)
    assert numbers(audit)["documents"] == 10
    assert numbers(audit)["skipped_folders"] == {"link": 1}


def test_nothing_read_is_three_and_leaves_no_store(office: Path, audit: Audit) -> None:
    (office / "空" / "更空").mkdir(parents=True)
    assert audit("run", STORE, "空").code == 3
    assert audit("run", STORE, "没有").code == 3
    assert audit("report", STORE).code == 3
    assert not STORE.exists()


@pytest.mark.parametrize(
    "words", [("run", STORE, "存量", "--engine", "dask"), ("report", STORE, "--format", "pdf"), ("run", STORE)]
)
def test_wrong_words_are_two(words: tuple[object, ...], archive: Path, audit: Audit) -> None:
    assert audit(*words).code == 2
    assert not STORE.exists()


def test_sources_are_left_as_they_are(archive: Path, audit: Audit) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in everything(archive)}
    audit("run", STORE, archive)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in everything(archive)} == before


def test_one_process_and_two_store_the_same(archive: Path, audit: Audit) -> None:
    audit("run", "一", archive, "--jobs", "1")
    audit("run", "二", archive, "--jobs", "2")
    one, two = (audit("report", store, "--format", "jsonl").out for store in ("一", "二"))
    assert one == two
