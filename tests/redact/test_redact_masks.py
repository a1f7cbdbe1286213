"""Masks: the local style, fixed stars, nobody left alone with a mask that tells who it is."""

from __future__ import annotations

import tomllib

import pytest
from redacting import NUMBER, redact

from reviewer.errors import ConfigurationError
from reviewer.redact.masks import How, MaskRule, To, mask, masking, named, room
from reviewer.strict import Table

TEXT = f"受助人手机16171247945，身份证号{NUMBER}。"


def rule(how: How, keep: tuple[int, int] = (0, 0), to: To = To.YEAR) -> MaskRule:
    return MaskRule(types=frozenset(), scenarios=frozenset(), how=how, keep=keep, to=to)


@pytest.mark.parametrize(
    ("how", "keep", "to", "text", "masked"),
    [
        (How.MASK, (3, 4), To.YEAR, "161 7124 7945", "161****7945"),
        (How.MASK, (3, 4), To.YEAR, "1617945", "****"),  # fewer than four would be hidden
        (How.MASK, (0, 0), To.YEAR, "529931190101019998", "****"),
        (How.GENERALISE, (0, 0), To.TOWNSHIP, "青石县云台街道东门路112号", "青石县云台街道"),
        (How.GENERALISE, (0, 0), To.TOWNSHIP, "竹园村3组28号", "****"),
        (How.GENERALISE, (0, 0), To.YEAR, "1903-10-01", "1903年"),
        (How.NAME, (0, 0), To.YEAR, "欧阳秀莲", "欧阳某"),
        (How.NAME, (0, 0), To.YEAR, "赵广财", "赵某"),
        (How.REMOVE, (0, 0), To.YEAR, "肺癌晚期", ""),
        (How.REPLACE, (0, 0), To.YEAR, "肺癌晚期", "【依法不予公开】"),
    ],
)
def test_a_datum_is_masked_in_the_local_style(how: How, keep: tuple[int, int], to: To, text: str, masked: str) -> None:
    assert mask(rule(how, keep, to), text, "any", {}) == masked


def test_persons_of_one_name_form_are_told_apart_and_each_is_always_called_the_same() -> None:
    assert named(["张三丰", "李四海", "张小凡", "张三丰"]) == {"张三丰": "张某1", "张小凡": "张某2", "李四海": "李某"}


def test_room_counts_what_is_hidden() -> None:
    assert room("16171247945", "161****7945") == 10_000


def test_an_office_has_masks_of_its_own() -> None:
    own = masking(Table(tomllib.loads('[[mask]]\ntypes = ["mobile_phone"]\nhow = "remove"'), "reviewer.toml"))
    assert redact("名单.txt", TEXT.encode(), own).data.decode() == "受助人手机，身份证号****。"


def test_a_mask_with_room_for_too_few_is_replaced_by_stars() -> None:
    wide = masking(Table({"mask_least": 100_000}, "reviewer.toml"))
    assert redact("名单.txt", TEXT.encode(), wide).data.decode() == "受助人手机****，身份证号****。"


def test_a_mask_that_tells_the_person_beside_a_birth_date_is_withheld_in_a_second_round() -> None:
    wide = '[[mask]]\ntypes = ["resident_id"]\nhow = "mask"\nkeep = [6, 4]\nstars = 8'
    text = f"青石县残疾人名单\n户主：王桂花，女，1901年1月1日出生，身份证号：{NUMBER}。\n"
    made = redact("名单.txt", text.encode(), masking(Table(tomllib.loads(wide), "reviewer.toml")))
    assert made.redaction.certificate.rounds == 2
    assert "9998" not in made.data.decode()


@pytest.mark.parametrize(
    "text",
    ['[[mask]]\nhow = "keep"', '[[mask]]\nhow = "mask"\nkeep = [1]', '[[mask]]\nhow = "blur"', "mask_least = 0"],
)
def test_a_wrong_mask_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError):
        masking(Table(tomllib.loads(text), "reviewer.toml"))
