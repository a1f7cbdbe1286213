"""What lies below a source: every file once, in the same order every time, nothing passed over in silence."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest
from archives import write

from reviewer.audit.listing import Found, Passed, Why, listing
from reviewer.audit.sources import origins_of
from reviewer.errors import NothingReadError, UsageError


def paths(root: Path, *, hidden: bool = False, store: Path = Path("结果")) -> list[str]:
    return [entry.path for entry in listing(root, hidden=hidden, store=store) if isinstance(entry, Found)]


def passed(root: Path, *, hidden: bool = False, store: Path = Path("结果")) -> list[tuple[str, Why]]:
    entries = listing(root, hidden=hidden, store=store)
    return [(entry.path, entry.why) for entry in entries if isinstance(entry, Passed)]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    write(tmp_path / "源", {"b.txt": "1", "a.txt": "22"})
    write(tmp_path / "源" / "子" / "孙", {"c.txt": "333", ".隐藏的文件": "4"})
    write(tmp_path / "源" / ".git", {"d.txt": "5"})
    return tmp_path / "源"


def test_files_of_a_folder_then_its_folders_by_name(tree: Path) -> None:
    assert paths(tree) == ["a.txt", "b.txt", "子/孙/.隐藏的文件", "子/孙/c.txt"]
    assert passed(tree) == [(".git", Why.HIDDEN)]


def test_hidden_folders_when_asked_for(tree: Path) -> None:
    assert ".git/d.txt" in paths(tree, hidden=True)
    assert passed(tree, hidden=True) == []


def test_a_file_is_its_own_listing(tree: Path) -> None:
    (one,) = listing(tree / "b.txt", hidden=False, store=Path("结果"))
    assert isinstance(one, Found)
    assert (one.path, one.size) == ("", 1)
    assert one.mtime_ns == (tree / "b.txt").stat().st_mtime_ns


def test_links(tree: Path) -> None:
    """To a file: a document. To a folder: told, not followed. To nothing: listed, so that it becomes a gap."""
    (tree / "链.txt").symlink_to(tree / "a.txt")
    (tree / "环").symlink_to(tree, target_is_directory=True)
    (tree / "断").symlink_to(tree / "没有")
    found = {entry.path: entry for entry in listing(tree, hidden=False, store=Path("结果"))}
    assert isinstance(found["链.txt"], Found)
    assert found["链.txt"].size == 2
    assert found["环"] == Passed(path="环", why=Why.LINK)
    assert found["断"] == Found(path="断", size=0, mtime_ns=0)


def test_the_store_is_passed_over_wherever_it_stands(tree: Path) -> None:
    write(tree / "子" / "结果", {"manifest.json": "{}"})
    write(tree / "结果", {"正文.txt": "同名不同处"})
    assert passed(tree, store=tree / "子" / "结果") == [(".git", Why.HIDDEN), ("子/结果", Why.STORE)]
    assert "结果/正文.txt" in paths(tree, store=tree / "子" / "结果")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="every folder opens here")
def test_a_folder_that_does_not_open_stops_the_listing(tree: Path) -> None:
    (tree / "子").chmod(0)
    try:
        with pytest.raises(NothingReadError, match="打不开文件夹"):
            paths(tree)
    finally:
        (tree / "子").chmod(0o700)


def test_a_folder_that_is_gone_meanwhile_stops_the_listing(tree: Path) -> None:
    entries = listing(tree, hidden=False, store=Path("结果"))
    next(entries)
    for path in sorted((tree / "子").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (tree / "子").rmdir()
    with pytest.raises(NothingReadError, match="打不开文件夹"):
        list(entries)


def peak_of_a_listing(folder: Path) -> int:
    tracemalloc.start()
    try:
        count = sum(1 for _ in listing(folder, hidden=False, store=Path("结果")))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 2400
    return peak


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    for folder in range(60):
        write(tmp_path / f"{folder:02}", {f"{n}.txt": "" for n in range(40)})
    # What other threads of a long test run allocate meanwhile is counted, too; it does not come three times.
    assert min(peak_of_a_listing(tmp_path) for _ in range(3)) < 200_000


@pytest.mark.parametrize("pair", [("源", "源"), ("源", "源/子"), ("源/子", "源"), ("源", "别名")])
def test_a_source_in_another_is_refused(pair: tuple[str, str], tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.parent)
    Path("别名").symlink_to(tree, target_is_directory=True)
    with pytest.raises(UsageError):
        origins_of([Path(name) for name in pair])


def test_sources_side_by_side(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.parent)
    write(tree.parent / "源二", {"x.txt": ""})
    one, two = origins_of([Path("源"), Path("源二")])
    assert (one.name, one.path) == ("源", str(tree))
    assert two.shown("子/x.txt") == str(Path("源二/子/x.txt"))
    assert two.file("") == tree.parent / "源二"


def test_a_name_that_is_no_text_can_be_shown(tree: Path) -> None:
    (origin,) = origins_of([tree])
    assert origin.shown("\udcb9\udcab.txt").endswith("\\udcb9\\udcab.txt")
