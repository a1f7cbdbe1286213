"""`rules seal`: a list in, a pack out that tells none of it; the pack works where the key is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer, Said

from reviewer.detect import detect, load_ruleset
from reviewer.detect.proof import DAY
from reviewer.detect.specimen import document_of
from reviewer.resources import shipped
from reviewer.terms import Specimen

Draft = Callable[[str, str], Path]
SECRET = "青山工程"


@pytest.fixture
def office(reviewer: Reviewer, draft: Draft) -> Said:
    draft("词.txt", f"# 名称\n{SECRET}\n\nB-21 项目\n{SECRET}\n")
    said = reviewer("rules", "seal", "词.txt", "-o", "词表.toml")
    draft("reviewer.toml", 'rules = ["词表.toml"]')
    draft("稿.txt", f"今年{SECRET}进展顺利。\n")
    return said


def test_the_pack_tells_nothing(office: Said, tmp_path: Path) -> None:
    pack = (tmp_path / "词表.toml").read_text("utf-8")
    assert office.code == 0
    assert SECRET not in pack
    assert "2 个词" in office.out
    assert not list(tmp_path.rglob("*.key"))


@pytest.mark.usefixtures("office")
def test_no_report_shows_even_an_outline(reviewer: Reviewer) -> None:
    for words in (("--format", "jsonl"), ("--format", "table"), ("--format", "html"), ("--reveal", "full")):
        said = reviewer("screen", "稿.txt", *words)
        assert said.code == 10
        assert SECRET not in said.out
        assert "青山" not in said.out
    (finding,) = json.loads(reviewer("screen", "稿.txt", "--format", "jsonl").out)["findings"]
    assert (finding["rule"], finding["text"]) == ("work-secret/own-terms", "［4 字，不显示］")
    told = reviewer("explain", "稿.txt", "--at", "1").out
    assert "报：本单位保密词表中的词" in told
    assert SECRET not in told


@pytest.mark.usefixtures("office")
def test_without_the_key_nothing_is_cleared(reviewer: Reviewer, own_home: Path) -> None:
    for key in (own_home / "term-keys").iterdir():
        key.unlink()
    said = reviewer("screen", "稿.txt")
    assert said.code == 4
    assert "缺少词表密钥" in said.err


@pytest.mark.usefixtures("office")
def test_another_list_under_the_same_key(reviewer: Reviewer, draft: Draft, own_home: Path, tmp_path: Path) -> None:
    (key,) = (path.stem for path in (own_home / "term-keys").iterdir())
    draft("词.txt", "进展顺利\n")
    assert reviewer("rules", "seal", "词.txt", "-o", "词表.toml").code == 2
    assert reviewer("rules", "seal", "词.txt", "-o", "词表.toml", "--replace", "--key", key).code == 0
    assert len(list((own_home / "term-keys").iterdir())) == 1
    ruleset = load_ruleset((tmp_path / "词表.toml",), shipped("models"))
    document = document_of(Specimen(text=f"今年{SECRET}进展顺利。"))
    (finding,) = detect(document, ruleset, today=DAY).findings
    assert finding.span.start == len(f"今年{SECRET}")


@pytest.mark.parametrize(
    ("text", "said"), [("一\n", "第 1 行"), ("\n# 注\n", "没有词"), ("好词\n" + "长" * 40 + "\n", "第 2 行")]
)
def test_a_list_that_cannot_be_sealed_is_refused_without_its_words(
    reviewer: Reviewer, draft: Draft, own_home: Path, text: str, said: str
) -> None:
    refused = reviewer("rules", "seal", draft("词.txt", text), "-o", "词表.toml")
    assert refused.code == 2
    assert said in refused.err
    assert "好词" not in refused.err
    assert not (own_home / "term-keys").exists()


def test_an_id_without_a_category_is_refused(reviewer: Reviewer, draft: Draft) -> None:
    assert reviewer("rules", "seal", draft("词.txt", "甲乙\n"), "-o", "词表.toml", "--id", "own/terms").code == 2
