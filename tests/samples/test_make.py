"""The sample drafts: made the same everywhere, enough of every kind, and no number that could be a person's."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FOLDERS = {"clear": 16, "redact": 14, "refer": 9, "block": 7}
ENCODINGS = {
    "石桥镇2026年第三季度高龄津贴发放花名册.txt": "gb18030",
    "2026年第二批创业补贴发放名单.csv": "gb18030",
    "海外鄉親捐資助學受助名單.txt": "big5",
    "2026年第二批公益性岗位拟上岗人员公示.txt": "utf-16",
    "附件1.csv": "gb18030",
    "附件1：农村电商示范点申报表.csv": "gb18030",
    "附件2：农村电商示范点申报汇总表.csv": "gb18030",
}
# 18 places, as printed, spaced or hyphenated; two more follow where it is a disability certificate's number
RESIDENT_ID = re.compile(r"(?<![\dA-Z])(\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx])(?:\d{2})?(?![\dA-Z])")
CREDIT_CODE = re.compile(r"(?<![0-9A-Z])91[0-9]{6}MA[0-9A-Z]{8}(?![0-9A-Z])")
BANK_CARD = re.compile(r"(?<!\d)62\d{17}(?!\d)")


def drafts(folder: str) -> list[Path]:
    """Packages stand in folders of their own."""
    return sorted(path for path in (SAMPLES / folder).rglob("*") if path.is_file())


def everything() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from drafts(folder)


def text(path: Path) -> str:
    """All that stands in a draft, visible or not, with full-width digits made plain."""
    if path.suffix in (".docx", ".xlsx", ".pptx"):
        with zipfile.ZipFile(path) as archive:
            found = "\n".join(archive.read(name).decode() for name in archive.namelist() if ".xml" in name)
    elif path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as paper:
            found = "\n".join(page.get_textpage().get_text_range() for page in paper)
    else:
        found = path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8"), errors="replace")
    return unicodedata.normalize("NFKC", found)


def resident_ids(path: Path) -> list[str]:
    return [re.sub("[ -]", "", found).upper() for found in RESIDENT_ID.findall(text(path))]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, str(SAMPLES / "make.py"), str(out)], check=True, capture_output=True)
    return out


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_made_is_what_is_kept(folder: str, made: Path) -> None:
    kept = [path for path in drafts(folder) if path.suffix != ".pdf"]
    again = [path for path in (made / folder).rglob("*") if path.is_file()]
    assert sorted(path.relative_to(made) for path in again) == [path.relative_to(SAMPLES) for path in kept]
    for path in kept:
        assert path.read_bytes() == (made / path.relative_to(SAMPLES)).read_bytes(), path.name


@pytest.mark.parametrize(("folder", "least"), FOLDERS.items())
def test_every_verdict_has_enough_drafts(folder: str, least: int) -> None:
    assert len(drafts(folder)) >= least


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_verdict_is_met_in_several_formats(folder: str) -> None:
    suffixes = {path.suffix for path in drafts(folder)}
    assert suffixes >= {".txt", ".docx", ".xlsx", ".pptx", ".pdf"}


def test_resident_ids_are_valid_and_nobodys() -> None:
    found = [number for path in everything() for number in resident_ids(path)]
    assert len(found) > 150
    for number in found:
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
        assert number[17] == "10X98765432"[total % 11]
        assert 1900 <= int(number[6:10]) <= 1915
        assert number.startswith("5299")  # no such prefecture


@pytest.mark.parametrize("folder", ["clear", "refer", "block"])
def test_resident_ids_stand_only_where_they_are_the_reason(folder: str) -> None:
    assert [path.name for path in drafts(folder) if resident_ids(path)] == []


def test_bank_cards_pass_the_luhn_check_and_have_no_issuer() -> None:
    found = [number for path in everything() for number in BANK_CARD.findall(text(path))]
    assert len(found) > 60
    for number in found:
        doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
        assert sum(value // 10 + value % 10 for value in doubled) % 10 == 0
        assert number.startswith("620000")


def test_credit_codes_carry_their_check_character() -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    found = [code for path in everything() for code in CREDIT_CODE.findall(text(path))]
    assert len(found) >= 3
    for code in found:
        total = sum(alphabet.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
        assert code[17] == alphabet[-total % 31]


def test_packages_name_nobody_and_carry_one_time() -> None:
    for path in everything():
        if path.suffix not in (".docx", ".xlsx", ".pptx"):
            continue
        with zipfile.ZipFile(path) as archive:
            assert {member.date_time for member in archive.infolist()} == {(2026, 3, 2, 9, 30, 0)}
            properties = archive.read("docProps/core.xml").decode()
        assert "creator" not in properties
        assert "lastModifiedBy" not in properties


def test_names_of_files_can_be_written_everywhere() -> None:
    for path in everything():
        assert not set(path.name) & set('<>:"/\\|?*')
        assert len(path.name.encode()) < 200
