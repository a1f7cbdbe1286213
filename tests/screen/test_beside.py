"""Which files lie beside a draft."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reviewer.detect.packet import MOST_BESIDE
from reviewer.screen import Settings, screener_for, settings
from reviewer.screen.beside import Neighbours, companions
from reviewer.screen.one import Task, review_file
from reviewer.screen.package import review_package
from reviewer.screen.pool import in_order, in_workers

NOTICE = "关于公布名单的通知\n各学校：\n现将名单公布如下。\n请核对。\n附件：1.受助学生名单\n2.资金汇总表\n教育局\n"


@pytest.fixture
def chosen() -> Settings:
    return settings(None, "2026-11-24")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "通知.txt").write_text(NOTICE, "utf-8")
    (tmp_path / "附件1.csv").write_text("学校,金额\n一中,650\n", "utf-8")
    return tmp_path


def test_those_of_the_same_folder() -> None:
    assert companions(["a/通知.txt", "b/x.txt", "a/附件1.csv"]) == [("附件1.csv",), (), ("通知.txt",)]


def test_a_folder_of_attachments_belongs_to_the_one_above() -> None:
    assert companions(["a/通知.txt", "a/附件/名单.csv"]) == [("附件/名单.csv",), ("../通知.txt",)]


def test_an_archive_is_no_package() -> None:
    paths = [f"a/{number}.txt" for number in range(MOST_BESIDE + 1)]
    assert set(companions(paths)) == {()}
    assert len(companions(paths[:-1])[0]) == MOST_BESIDE - 1


def test_neighbours_on_the_disk_are_the_same(folder: Path) -> None:
    (folder / "附件").mkdir()
    (folder / "附件" / "汇总.csv").write_text("学校,金额\n", "utf-8")
    (folder / "别的").mkdir()
    (folder / "别的" / "x.txt").write_text("停水", "utf-8")
    assert Neighbours().of(folder / "通知.txt") == ("附件/汇总.csv", "附件1.csv")


def test_a_worker_process_knows_what_lies_beside(folder: Path, chosen: Settings) -> None:
    from reviewer.report import Reveal

    tasks = [Task(path=folder / "通知.txt", shown_as="通知.txt", beside=("附件1.csv",))]
    (told,) = in_order(in_workers(tasks, chosen, Reveal.MASKED, jobs=1))
    assert [gap.place for gap in told.gaps] == ["附件2《资金汇总表》"]
    assert told.verdict == "refer"


def test_a_draft_alone_keeps_its_verdict(folder: Path, chosen: Settings) -> None:
    review = review_file(screener_for(chosen), Task(path=folder / "通知.txt", shown_as="通知.txt"))
    assert review.verdict.decision.value == "clear"
    assert [finding.rule.id for finding in review.verdict.findings] == ["packet/attachment-unseen"]


def test_a_package_is_judged_together(folder: Path, chosen: Settings) -> None:
    tasks = [Task(path=path, shown_as=path.name) for path in sorted(folder.iterdir())]
    by_name = {review.document.name: review for review in review_package(screener_for(chosen), tasks)}
    assert [gap.place for gap in by_name["通知.txt"].verdict.gaps] == ["附件2《资金汇总表》"]
    assert by_name["附件1.csv"].verdict.gaps == ()


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("机密★10年", "附件2"),
        ("", "附件2《资金汇总表》"),
    ],
)
def test_a_document_to_be_blocked_gives_no_titles_away(folder: Path, chosen: Settings, line: str, place: str) -> None:
    (folder / "通知.txt").write_text(f"{line}\n{NOTICE}", "utf-8")
    review = review_file(
        screener_for(chosen), Task(path=folder / "通知.txt", shown_as="通知.txt", beside=("附件1.csv",))
    )
    assert [gap.place for gap in review.verdict.gaps] == [place]


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX")
def test_names_on_the_disk_in_gbk(chosen: Settings, tmp_path: Path) -> None:
    names = tuple(os.fsdecode(name.encode("gbk")) for name in ("关于公布名单的通知.txt", "附件1受助学生名单.txt"))
    for name in names:
        (tmp_path / name).write_text(NOTICE, "utf-8")
    review = review_file(screener_for(chosen), Task(path=tmp_path / names[0], shown_as="通知.txt", beside=names[1:]))
    assert review.document.name == "关于公布名单的通知.txt"
