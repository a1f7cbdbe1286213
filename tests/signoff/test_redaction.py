"""A redacted copy on record: bound to the submitted bytes, counted without values, proved from the record alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviewer.errors import EvidenceError, NotAllowedError
from reviewer.signoff import procedure
from reviewer.signoff.act import About
from reviewer.signoff.manifest import read_file, read_manifest
from reviewer.signoff.partial import certified, check_part_of, copies_in, put_on_record
from reviewer.signoff.proof import Standing, Step, all_hold
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import Beside, verify_record
from reviewer.signoff.redaction import Redact, Taken
from reviewer.signoff.vocabulary import Channel, Opinion

from .office import Office, screening_of
from .second_verifier import holds


def digests(path: Path) -> dict[str, Any]:
    file = read_file(path)
    return {"name": file.name, "size_bytes": file.size_bytes, "sha256": file.sha256, "sm3": file.sm3}


def certificate(folder: Path, original: Path, copy: Path, **more: object) -> Path:
    """As `reviewer redact` writes it: the places of a column, a paragraph, and what was dropped."""
    removed = {"type": "resident_id", "how": "mask", "basis": ["个人信息保护法第二十八条"], "count": 3}
    removed["places"] = [{"place": f"名单!C{row}", "count": 1} for row in (2, 3)] + [{"place": "¶4", "count": 1}]
    told = {
        "schema": "reviewer.redaction-certificate/1", "before": digests(original), "after": digests(copy),
        "removed": [removed], "cleaned": [{"what": "批注", "count": 2}],
    } | more  # fmt: skip
    path = folder / "证明.json"
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def copy(office: Office) -> Path:
    folder = office.folder / "公开"
    folder.mkdir()
    path = folder / office.files[0].name
    path.write_bytes(b"a copy")
    return path


def on_record(office: Office, number: str, path: Path, *files: Path) -> tuple[Redact, ...]:
    return put_on_record(office.pen("张三"), office.case(number), certified(path), files)


def proof(office: Office, number: str, files: tuple[Path, ...], beside: Beside | None = None) -> dict[str, Step]:
    steps = verify_record(written(office, number), files, beside=beside)
    return {step.name: step for step in steps}


def written(office: Office, number: str) -> bytes:
    return write_record(export_record(office.ledger, number))


def test_the_copy_is_the_next_version_and_the_record_proves_whose_it_is(office: Office, copy: Path) -> None:
    original = office.files
    number = office.submit()
    office.review(number, Opinion.AGREE_AFTER_FIX)
    path = certificate(office.folder, original[0], copy)
    (told,) = on_record(office, number, path, copy)
    assert [(one.place, one.count) for one in told.removed] == [("名单!C", 2), ("¶4", 1)]
    office.files = (copy, *original[1:])
    office.submit(seen=office.case(number))
    assert [one.file.name for one in copies_in(office.case(number))] == [copy.name]
    office.review(number)
    office.approve(number)
    steps = proof(office, number, office.files, Beside(certificates=(path,)))
    assert all_hold(steps.values()), steps
    assert steps["区分处理"].standing is steps["处理证明"].standing is Standing.PROVEN
    assert told.after.sha256[:12] in steps["区分处理"].detail
    assert holds(written(office, number), office.files)
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert proof(office, number, office.files, Beside(certificates=(path,)))["处理证明"].standing is Standing.BROKEN


def test_a_case_of_its_own_is_a_part_of_the_originals(office: Office, copy: Path) -> None:
    original = office.submit()
    office.review(original, Opinion.RETURN)
    package = read_manifest([copy])
    with pytest.raises(NotAllowedError, match="没有"):
        check_part_of(office.ledger, original, package)
    on_record(office, original, certificate(office.folder, office.files[0], copy))
    assert check_part_of(office.ledger, original, package)
    about = About(title="季度公告", part_of=original)
    part = procedure.submit(office.pen("张三"), package, screening_of(package), Channel.WEBSITE, about)
    office.review(part)
    office.approve(part)
    assert proof(office, part, (copy,))["部分公开"].standing is Standing.NOTICE
    tied = proof(office, part, (copy,), Beside(original=written(office, original)))
    assert all_hold(tied.values())
    assert (tied["部分公开"].standing, original in tied["部分公开"].detail) == (Standing.PROVEN, True)
    stranger = office.submit()
    wrong = proof(office, part, (copy,), Beside(original=written(office, stranger)))
    assert wrong["部分公开"].standing is Standing.BROKEN
    assert holds(written(office, part), (copy,))


def test_an_approval_stands_whatever_copy_is_told_of_later(office: Office, copy: Path) -> None:
    number = office.published()
    on_record(office, number, certificate(office.folder, office.files[0], copy))
    steps = proof(office, number, office.files)
    assert all_hold(steps.values())
    assert "不在现行版本中" in steps["区分处理"].detail
    assert holds(written(office, number), office.files)


def test_what_is_refused(office: Office, copy: Path) -> None:
    number = office.submit()
    path = certificate(office.folder, office.files[0], copy)
    (sound,) = certified(path).told

    def refused(act: Redact, match: str) -> None:
        with pytest.raises(NotAllowedError, match=match):
            procedure.say(office.pen("张三"), office.case(number), act)

    other = replace(sound.before, sha256=hashlib.sha256(b"").hexdigest())
    refused(replace(sound, before=other), "送审过")
    refused(replace(sound, after=sound.before), "与原件相同")
    refused(replace(sound, removed=(), dropped=()), "没有删去")
    refused(replace(sound, after=replace(sound.after, sm3="x")), "不合格式")
    nothing = Taken(type="resident_id", how="mask", basis="", place="¶1", count=0)
    refused(replace(sound, removed=(nothing,)), "正数")
    with pytest.raises(NotAllowedError, match="字节不同"):
        on_record(office, number, path, office.files[0])
    on_record(office, number, path, copy)
    refused(sound, "已经登记")


@pytest.mark.parametrize(
    "changed",
    [{"schema": "reviewer.redaction-certificate/9"}, {"removed": [{"count": 1}]}, {"before": None}, {"cleaned": 3}],
    ids=lambda one: next(iter(one)),
)
def test_what_is_no_certificate(office: Office, copy: Path, changed: dict[str, object]) -> None:
    with pytest.raises(EvidenceError, match="区分处理证明"):
        certified(certificate(office.folder, office.files[0], copy, **changed))


def test_a_kind_at_very_many_places_is_counted_as_one(office: Office, copy: Path) -> None:
    places = [{"place": f"¶{at}", "count": 1} for at in range(500)]
    kind = {"type": "mobile", "how": "mask", "basis": [], "count": 500, "places": places}
    (told,) = certified(certificate(office.folder, office.files[0], copy, removed=[kind])).told
    assert [(one.place, one.count) for one in told.removed] == [("", 500)]
