"""What a store holds and what it must not; a damaged or edited one is broken evidence, never a result."""

from __future__ import annotations

import io
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import docx
import pytest
from archives import MARKED, WORD, Audit, write

from reviewer.audit.database import created
from reviewer.audit.manifest import digest
from reviewer.audit.store import MANIFEST, RESULTS
from reviewer.errors import ReviewerError

STORE = Path("结果")
CANARY = "金丝雀柒捌玖拾"
NUMBER = "110101190001010015"
SAID = f"户主：{CANARY}，身份证号：{NUMBER}，联系电话13900000000，参与{WORD}。\n"


@pytest.fixture
def audited(archive: Path, audit: Audit) -> Path:
    assert audit("run", STORE, archive).code == 11
    return STORE


def changed(**values: object) -> Callable[[Path], None]:
    """Someone edits every result by hand."""

    def edit(store: Path) -> None:
        with closing(sqlite3.connect(store / RESULTS)) as results, results:
            results.execute("PRAGMA ignore_check_constraints = ON")
            for column, value in values.items():
                results.execute(f"UPDATE document SET {column} = ?", (value,))

    return edit


def cut(store: Path) -> None:
    whole = (store / RESULTS).read_bytes()
    (store / RESULTS).write_bytes(whole[: len(whole) // 2])


def garbled(store: Path) -> None:
    whole = bytearray((store / RESULTS).read_bytes())
    whole[8192:12288] = b"\x5a" * 4096
    (store / RESULTS).write_bytes(whole)


def edited(store: Path) -> None:
    text = (store / MANIFEST).read_text("utf-8")
    (store / MANIFEST).write_text(text.replace('"hidden": false', '"hidden": true'), "utf-8")


def of_another_version(store: Path) -> None:
    content = json.loads((store / MANIFEST).read_bytes())
    written = json.dumps({**content, "schema": "reviewer.audit-store/2"}).encode()
    (store / MANIFEST).write_bytes(written)
    with closing(sqlite3.connect(store / RESULTS)) as results, results:
        results.execute("INSERT INTO manifest VALUES (?)", (digest(written),))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(cut, id="results cut short"),
        pytest.param(garbled, id="a page overwritten"),
        pytest.param(lambda store: (store / RESULTS).write_bytes(b""), id="results empty"),
        pytest.param(lambda store: (store / RESULTS).write_text("不是数据库" * 500), id="results not a database"),
        pytest.param(lambda store: (store / RESULTS).unlink(), id="results gone"),
        pytest.param(changed(verdict="fine"), id="a verdict that does not exist"),
        pytest.param(edited, id="manifest edited"),
        pytest.param(lambda store: (store / MANIFEST).unlink(), id="manifest gone"),
        pytest.param(lambda store: (store / MANIFEST).write_bytes(b"{"), id="manifest cut short"),
        pytest.param(of_another_version, id="another version's"),
    ],
)
def test_a_damaged_or_edited_store_is_broken_evidence(
    damage: Callable[[Path], None], audited: Path, archive: Path, audit: Audit
) -> None:
    damage(audited)
    for words in (("report", STORE), ("run", STORE, archive)):
        said = audit(*words)
        assert said.code == 5
        assert str(STORE) in said.err
        assert "备份" in said.err
        assert said.out == ""


@pytest.mark.parametrize("values", [{"findings": '[{"rule": "x"}]'}, {"gaps": "{"}, {"yardstick": 99}])
def test_a_row_that_makes_no_sense_is_broken_evidence(values: dict[str, object], audited: Path, audit: Audit) -> None:
    changed(**values)(audited)
    assert audit("report", STORE, "--format", "jsonl").code == 5


def test_a_store_killed_at_birth_is_begun_again(archive: Path, audit: Audit) -> None:
    """Killed between the results and the manifest, or within the making of the results: nothing is lost yet."""
    STORE.mkdir()
    created(STORE / RESULTS).close()
    assert audit("run", STORE, archive).code == 11
    other = Path("另一个")
    other.mkdir()
    (other / RESULTS).write_bytes(b"")
    assert audit("run", other, archive).code == 11


def test_a_manifest_killed_half_written_changes_nothing(audited: Path, archive: Path, audit: Audit) -> None:
    (audited / (MANIFEST + ".new")).write_text('{"schema":', "utf-8")
    assert audit("run", STORE, archive).code == 11


def test_a_folder_of_other_things_is_not_a_store(archive: Path, office: Path, audit: Audit) -> None:
    said = audit("run", archive / "2024", archive / "2025")
    assert said.code == 2
    assert sorted(path.name for path in (archive / "2024").iterdir()) == [f"公告{n}.txt" for n in range(6)]
    assert audit("run", archive / "2024" / "公告0.txt", archive / "2025").code == 2
    assert audit("report", archive).code == 3


def test_reading_changes_nothing(audited: Path, audit: Audit) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in audited.iterdir()}
    for form in ("table", "json", "html", "jsonl", "markdown"):
        assert audit("report", STORE, "--format", form).code == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in audited.iterdir()} == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everything is writable here")
def test_a_store_that_cannot_be_written_can_be_read(audited: Path, archive: Path, audit: Audit) -> None:
    files = [*audited.iterdir()]
    for path in files:
        path.chmod(0o400)
    audited.chmod(0o500)
    try:
        assert audit("report", STORE, "--format", "json").code == 0
        said = audit("run", STORE, archive)
        assert said.code == 2
        assert str(STORE) in said.err
    finally:
        audited.chmod(0o700)


def test_a_full_disk_is_told_as_such(audited: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewer.audit.database import plainly

    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    with pytest.raises(ReviewerError, match="disk is full") as caught, plainly(audited / RESULTS):
        raise full
    assert caught.value.exit_code == 1


def test_a_store_is_its_owners_alone(audited: Path) -> None:
    if os.name == "posix":
        assert audited.stat().st_mode & 0o077 == 0


def test_the_manifest_tells_people_what_is_audited(audited: Path, archive: Path) -> None:
    told = json.loads((audited / MANIFEST).read_text("utf-8"))
    assert told["schema"] == "reviewer.audit-store/1"
    assert told["sources"] == [{"name": str(archive), "path": str(archive)}]
    assert told["yardstick"]["rules"].startswith("sha256:")
    assert told["settings"]["policy"].endswith("reviewer.toml")


# --- silence ----------------------------------------------------------------------------------------


def word_file() -> bytes:
    made = docx.Document()
    made.add_paragraph(SAID)
    made.core_properties.author = CANARY
    made.sections[0].header.paragraphs[0].text = MARKED + CANARY
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def telling(office: Path) -> Path:
    """The canary in every kind of place: shown, hidden, in what is found and beside it, in what cannot be read."""
    root = office / "存量"
    write(root, {"名单.txt": SAID, "密.txt": MARKED + SAID, "页.html": f"<!-- {SAID} --><p hidden>{SAID}</p>"})
    write(root, {"表.csv": f"姓名,身份证号\n{CANARY},{NUMBER}\n{CANARY},{NUMBER}\n"})
    (root / "文.docx").write_bytes(word_file())
    (root / "坏.docx").write_bytes(word_file()[:-300])
    (root / "乱.txt").write_bytes(SAID.encode("gb18030") + b"\xff\x00\x81" + SAID.encode())
    return root


def test_no_text_of_any_document_is_in_the_store_or_in_any_report(telling: Path, audit: Audit) -> None:
    assert audit("run", STORE, telling, "--jobs", "2").code == 11
    shown = b"".join(
        audit("report", STORE, "--format", form).out.encode() for form in ("table", "json", "html", "jsonl", "markdown")
    )
    kept = b"".join(path.read_bytes() for path in STORE.iterdir())
    for secret in (CANARY, CANARY[:5], NUMBER, "13900000000", WORD, "机密★"):
        for encoding in ("utf-8", "gb18030", "utf-16-le"):
            assert secret.encode(encoding) not in kept + shown, secret
        assert json.dumps(secret)[1:-1].encode() not in kept + shown


def test_what_is_found_is_found_all_the_same(telling: Path, audit: Audit) -> None:
    """The silence above is not for want of findings."""
    audit("run", STORE, telling)
    told = json.loads(audit("report", STORE, "--format", "json").out)
    assert told["by_verdict"]["block"] >= 2
    assert told["by_category"]["work_secret"] >= 4
    assert told["unreadable"] >= 1
