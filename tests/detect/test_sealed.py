"""Sealed terms: found as words are, told by nobody, bounded in time, and refused without their key."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from reviewer.detect import sealed as sealed_terms
from reviewer.detect.sealed import LONGEST, Sealed, decode_sealed, folded_term, seal
from reviewer.detect.term_key import create_key, key_folder, load_key
from reviewer.errors import ConfigurationError
from reviewer.strict import Table
from reviewer.text.fold import fold

WORDS = ("青山工程", "B-21 项目", "绿水二期改造", "青山工程二期")


@pytest.fixture
def sealed() -> Sealed:
    return seal([folded_term(word) for word in WORDS], create_key())


def found(sealed: Sealed, text: str) -> list[str]:
    folded = fold(text).text
    return [folded[slice(*place)] for place in sealed.places(folded)]


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("青山工程进展顺利", ["青山工程"]),
        ("青　山　工　程，", ["青山工程"]),
        ("青山工程二期启动", ["青山工程二期"]),
        ("ｂ－２１　项目与Ｂ-21 项目", ["b-21 项目", "B-21 项目"]),
        ("AB-21 项目", []),
        ("绿水二期改", []),
        ("綠水二期改造", ["绿水二期改造"]),
        ("青山", []),
        ("", []),
    ],
)
def test_terms_are_found_in_every_spelling_that_folding_knows(sealed: Sealed, text: str, there: list[str]) -> None:
    assert found(sealed, text) == there


def test_another_key_gives_other_digests_and_the_same_key_the_same(sealed: Sealed) -> None:
    terms = [folded_term(word) for word in WORDS]
    assert seal(terms, sealed.key) == sealed
    other = seal(terms, create_key())
    assert not (other.digests & sealed.digests or other.heads & sealed.heads)


def test_a_key_is_its_owners_alone(sealed: Sealed) -> None:
    path = key_folder() / f"{sealed.key}.key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        list(sealed.places("青山工程"))


def test_without_its_key_a_list_is_never_passed_over(sealed: Sealed) -> None:
    path = key_folder() / f"{sealed.key}.key"
    other = create_key()
    (key_folder() / f"{other}.key").replace(path)
    with pytest.raises(ConfigurationError, match="不是这份词表的"):
        load_key(sealed.key)
    path.unlink()
    with pytest.raises(ConfigurationError, match="缺少词表密钥"):
        list(sealed.places("没有清单里的词"))


def test_the_keys_lie_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWER_TERM_KEYS", str(tmp_path / "钥匙"))
    assert (tmp_path / "钥匙" / f"{create_key()}.key").is_file()


@pytest.mark.parametrize(
    "change",
    [{"digests": ["青山工程"]}, {"heads": ["zz"]}, {"lengths": [1]}, {"lengths": [True]}, {"digests": []}, {"x": 1}],
    ids=str,
)
def test_what_was_not_written_by_seal_is_refused(change: dict[str, object]) -> None:
    table = {"key": "0", "lengths": [4], "heads": ["0" * 6], "digests": ["0" * 64]} | change
    with pytest.raises(ConfigurationError):
        decode_sealed(Table(table, "x"))


def test_what_is_hashed_grows_with_the_text_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a term may begin at every character, with every length that a list can have: never more windows than
    characters times lengths; and in ordinary text next to none."""
    terms = ["甲" + "丙" * size for size in range(1, LONGEST)] + ["甲甲", "甲乙丁", "乙甲丁", "乙乙丁"]
    sealed = seal(terms, create_key())
    hashed: list[str] = []
    real = sealed_terms._digest
    monkeypatch.setattr(sealed_terms, "_digest", lambda key, term: (hashed.append(term), real(key, term))[1])

    def windows(text: str) -> int:
        hashed.clear()
        assert sum(1 for _ in sealed.places(text)) > 0
        return len(hashed)

    hostile = "".join(random.Random(1).choice("甲乙") for _ in range(10_000)) + "甲甲"
    assert windows(hostile[-1_000:]) <= 1_000 * len(sealed.lengths)
    assert windows(hostile) <= len(hostile) * len(sealed.lengths)
    assert windows("甲乙" * 5_000 + "甲甲") <= 4 * LONGEST
    assert windows("县政府召开会议研究部署安全生产工作。" * 500 + "甲甲") <= LONGEST


def test_digests_stand_for_words_only_with_the_key(sealed: Sealed) -> None:
    import hashlib

    plain = {hashlib.sha256(word.encode()).hexdigest() for word in WORDS}
    assert not plain & sealed.digests
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in sealed.digests)
