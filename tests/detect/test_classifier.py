"""The classifier: plain arrays, refused when altered, may refer and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.detect import Ruleset, detect, scores
from reviewer.detect.features import BUCKETS, buckets, grams
from reviewer.detect.model import load_model
from reviewer.detect.specimen import document_of
from reviewer.detect.support import supported
from reviewer.errors import ConfigurationError
from reviewer.resources import shipped
from reviewer.terms import Action, DetectorKind, Specimen


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("manifest.json", "weights.f32"):
        shutil.copy(shipped("models") / name, tmp_path / name)
    return tmp_path


def test_an_altered_weight_is_refused(copy: Path) -> None:
    weights = bytearray((copy / "weights.f32").read_bytes())
    weights[1000] ^= 1
    (copy / "weights.f32").write_bytes(weights)
    with pytest.raises(ConfigurationError, match=r"weights\.f32"):
        load_model(copy)


@pytest.mark.parametrize(
    "change", [{"schema": "other"}, {"buckets": 12}, {"weights_sha256": "0"}, {"state_secret": {}}], ids=str
)
def test_an_altered_manifest_is_refused(copy: Path, change: dict[str, object]) -> None:
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    (copy / "manifest.json").write_text(json.dumps(manifest | change), "utf-8")
    with pytest.raises(ConfigurationError):
        load_model(copy)


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"manifest\.json"):
        load_model(tmp_path)


def test_it_only_refers(ruleset: Ruleset) -> None:
    assert {rule.action for rule in ruleset.by_kind[DetectorKind.CLASSIFIER]} == {Action.REFER}


def test_nothing_is_called_certain(ruleset: Ruleset) -> None:
    text = (
        "对方代表私下交底，整机九百八十万含一套备件就能签，比报给邻市的低一百六十万，条件是合同里不写型号；我们的底线是九百二十万，"
        "局里定死了，谈判时不能先提，机房那台旧服务器的四四五口也还没关。"
    )
    found = detect(document_of(Specimen(text=text)), ruleset, today=date(2026, 8, 20)).findings
    told = [one for one in found if one.rule.kind is DetectorKind.CLASSIFIER]
    assert told
    assert max(one.confidence for one in told) >= 0.995
    assert not any("100%" in one.note for one in told)


def test_a_rules_finding_stands_beside_it(ruleset: Ruleset) -> None:
    """A mark blocks whatever the classifier thinks of the text below it; only concept rules can ask to be doubted."""
    text = "机密★10年\n厂区变电站为全县唯一电源点，围墙缺口未修复，夜间仅一名保安值守。\n"
    findings = detect(document_of(Specimen(text=text)), ruleset, today=date(2026, 1, 1)).findings
    assert any(f.action is Action.BLOCK for f in findings)


def test_figures_of_like_size_look_alike() -> None:
    assert buckets("温度控制在1180度") == buckets("温度控制在1240度")
    assert buckets("温度控制在1180度") != buckets("温度控制在8度")


def test_an_explanation_names_the_same_buckets() -> None:
    sentence = "夜间仅一名保安值守。"
    assert {bucket for _, bucket in grams(sentence)} == set(buckets(sentence))
    assert max(buckets(sentence)) < BUCKETS


def test_a_sentence_is_supported_by_the_best_of_its_neighbours() -> None:
    assert supported([1.0, 2.0, -1.0]) == [1.0 + 0.6, 2.0 + 0.3, -1.0 + 0.6]
    assert supported([5.0]) == [5.0]
    assert supported([0.0] * 9 + [4.0])[0] == 0.0  # too far away to count


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("今天下午城区北片停水检修，请居民提前储水。", {"numpy", "sklearn", "scipy"}),
        ("夜间仅一名保安值守。", {"sklearn", "scipy"}),
    ],
    ids=["harmless: the network is not asked", "in doubt"],
)
def test_it_is_applied_without_scikit_learn_and_mostly_without_numpy(sentence: str, never: set[str]) -> None:
    program = (
        "import sys; from reviewer.detect.model import load_model; from reviewer.resources import shipped;"
        f"load_model(shipped('models')).probabilities([{sentence!r}]);"
        f"sys.exit(bool({never!r} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@given(
    sentences=st.lists(st.text(alphabet="密级会议1234，。 a𠮷", min_size=1, max_size=60), min_size=1, max_size=30),
    at_once=st.sampled_from([1, 50, 1 << 16]),
)
def test_many_sentences_at_once_score_as_one_by_one(sentences: list[str], at_once: int) -> None:
    model = load_model(shipped("models"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scores, "AT_ONCE", at_once)
        made, counts = scores.sums(sentences, model.weights)
    found = [buckets(sentence) for sentence in sentences]
    assert counts == [len(each) for each in found]
    for weights, told in zip(model.weights, made, strict=True):
        assert told == [sum(map(weights.__getitem__, each)) for each in found]
