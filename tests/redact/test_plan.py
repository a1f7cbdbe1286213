"""A plan goes out, a person changes it, it comes back; what may not be changed is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from redacting import DAY, NUMBER, proposed, reviewed

from reviewer.errors import RedactionError, ReviewerError, UsageError
from reviewer.redact.masks import masking
from reviewer.redact.plan import Plan, edited_plan
from reviewer.screen import screener_for, settings
from reviewer.screen.least import Least, least
from reviewer.screen.redaction import redacted
from reviewer.terms import Decision

TEXT = f"受助人手机16171247945，身份证号{NUMBER}。"
SAMPLES = Path(__file__).parents[2] / "samples" / "redact"
OTHER = "529931190203043394"


def handed_back(text: str, change: Any) -> tuple[Plan, Any, Any]:
    source, review = reviewed("a.txt", text.encode())
    plan = proposed(review)
    content = json.loads(json.dumps(plan.json()))
    change(content)
    return edited_plan(plan, json.dumps(content).encode(), "plan.json"), source, review


def set_first(**values: str) -> Any:
    return lambda content: content["operations"][0].update(values)


def test_a_person_writes_a_mask() -> None:
    plan, source, review = handed_back(TEXT, set_first(mask="（略）"))
    made = redacted(screener_for(settings(None, DAY)), source, review, plan, masking())
    assert made.data.decode() == "受助人手机（略），身份证号****。"


def test_a_person_withholds_instead() -> None:
    plan, *_ = handed_back(TEXT, set_first(how="replace"))
    assert plan.operations[0].mask == "【依法不予公开】"


def test_what_a_person_keeps_is_named_and_nothing_is_written() -> None:
    for keep in (lambda told: told["operations"][1].update(how="keep"), lambda told: told["operations"].pop(1)):
        plan, source, review = handed_back(TEXT, keep)
        with pytest.raises(RedactionError, match="resident_id"):
            redacted(screener_for(settings(None, DAY)), source, review, plan, masking())


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(schema="other/1"),
        lambda content: content["document"].update(sha256="0" * 64),
        set_first(start=1),
        set_first(how="blur"),
        lambda content: content.update(operations={}),
    ],
)
def test_a_plan_for_something_else_is_refused(change: Any) -> None:
    with pytest.raises(ReviewerError):
        handed_back(TEXT, change)


def test_a_plan_shows_no_value() -> None:
    _, review = reviewed("a.txt", TEXT.encode())
    assert NUMBER not in json.dumps(proposed(review).json())


def test_what_may_be_a_state_secret_cannot_be_edited_away() -> None:
    with pytest.raises(UsageError, match="国家秘密"):
        handed_back(f"机密★10年\n专项工作实施方案\n受助人身份证号{NUMBER}", set_first(how="remove"))


def smallest(text: str, name: str = "a.txt") -> Least:
    _, review = reviewed(name, text.encode())
    return least(screener_for(settings(None, DAY)), review, proposed(review))


def test_the_smallest_set_of_edits_is_told_with_what_each_buys() -> None:
    found = smallest(f"{TEXT.replace('手机', '联系电话')}\n监护人身份证号{OTHER}。")
    assert found.smallest
    # The telephone is told with the person whom the numbers tell: without them it needs no edit.
    assert [step.unit.type for step in found.steps] == ["resident_id", "resident_id"]
    assert found.findings == 3
    assert [step.left for step in found.steps] == [2, 0]
    assert found.steps[-1].decision is Decision.CLEAR


def test_a_name_that_may_be_shown_stays_when_the_number_beside_it_goes() -> None:
    listed = f"青石县竹编技能认定合格人员名单公示\n姓名\t身份证号\n王桂花\t{NUMBER}\n公示期7天"
    source, review = reviewed("a.txt", listed.encode())
    assert "name_linked" in {finding.type for finding in review.verdict.findings}
    made = redacted(screener_for(settings(None, DAY)), source, review, proposed(review), masking())
    assert "王桂花\t" in made.data.decode()
    assert NUMBER not in made.data.decode()
    assert made.review.verdict.decision is Decision.CLEAR


def test_a_text_in_traditional_characters_is_withheld_in_them() -> None:
    """Big5 cannot write 开."""
    text = "青石縣醫院患者陳添福患有精神分裂症，長期服藥，與妻子離婚後獨居。"
    for encoding in ("utf-8", "big5"):
        source, review = reviewed("a.txt", text.encode(encoding))
        made = redacted(screener_for(settings(None, DAY)), source, review, proposed(review), masking())
        assert "【依法不予公開】" in made.data.decode(encoding)


def test_one_edit_may_cure_what_others_would() -> None:
    """A masked number is told by the birth date beside it: without that column it tells nobody."""
    (path,) = SAMPLES.glob("大坪乡*.html")
    found = smallest(path.read_text("utf-8"), path.name)
    assert (found.findings, found.smallest) == (36, True)
    assert [step.unit.type for step in found.steps] == ["birth_date"]


def test_a_clear_text_needs_none_and_a_marked_one_has_none() -> None:
    assert smallest("停水通知").steps == smallest("停水通知").obstacles == ()
    assert smallest("机密★10年\n专项工作实施方案").obstacles
