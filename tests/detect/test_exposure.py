"""Names weighed once more: some that rules tell are let go, some that they miss are told, beside what is told alone."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable

import pytest
from persons import ID, TODAY, rules

from reviewer.detect.privacy.dossier import inquiry
from reviewer.detect.privacy.exposure import TRAITS, WORDS, Exposure, Mention
from reviewer.detect.privacy.named import mentions
from reviewer.detect.privacy.spared import Ground
from reviewer.detect.reading import Reading
from reviewer.detect.specimen import document_of
from reviewer.terms import Specimen
from reviewer.value import replace

MINUTES = f"会议记录\n主持：镇长闵秋实\n宓红霞，身份证{ID}，去年查出宫颈癌，靠捡废品过活。\n尚来喜发言：同意列入。"


def exposure(bias: float, **traits: float) -> Exposure:
    weights = tuple(traits.get(trait, 0.0) for trait in TRAITS)
    return Exposure(weights=weights, words=array("f", [0.0]) * WORDS, bias=bias, least=0.4, enough=0.4)


def read(text: str, scorer: Exposure | None) -> Reading:
    held = rules()
    assert held.persons is not None
    ruleset = held.with_persons(replace(held.persons, exposure=scorer))
    return Reading(document_of(Specimen(text=text)), ruleset, TODAY)


def named(text: str, scorer: Exposure | None) -> set[str]:
    """What is told as somebody's name."""
    kinds = ("name_linked", "petitioner_identity", "minor_identity")
    return {text[d.start : d.end] for d in inquiry(read(text, scorer)).data if d.rule.type in kinds}


def test_without_a_scorer_the_rules_have_the_last_word() -> None:
    assert named(MINUTES, None) == {"宓红霞"}


def test_a_name_that_no_rule_tells_is_told_where_the_scorer_says_so() -> None:
    assert named(MINUTES, exposure(5.0)) >= {"宓红霞", "尚来喜"}


def test_a_name_that_a_rule_tells_is_let_go_where_the_scorer_says_so_and_explained() -> None:
    text = MINUTES.replace(f"，身份证{ID}", "")
    assert named(text, None) == {"宓红霞"}
    assert named(text, exposure(-5.0)) == set()
    reading, at = read(text, exposure(-5.0)), text.index("宓红霞")
    assert [one.ground for one in inquiry(reading).spared((at, at + 3))] == [Ground.UNLIKELY]


def test_a_name_beside_a_number_of_its_own_is_not_let_go() -> None:
    assert named(MINUTES, exposure(-5.0)) == {"宓红霞"}


def test_a_part_that_makes_a_name_private_by_itself_is_not_weighed() -> None:
    text = "信访事项答复\n信访人宓红霞反映低保问题，去年查出宫颈癌。"
    assert named(text, exposure(-5.0)) == {"宓红霞"}


def test_where_nothing_private_stands_no_name_is_told() -> None:
    assert named("会议记录\n主持：镇长闵秋实\n尚来喜发言：同意列入。", exposure(5.0)) == set()


def test_the_traits_decide() -> None:
    assert named(MINUTES, exposure(5.0, official=-20.0)) >= {"宓红霞", "尚来喜"}
    assert "闵秋实" not in named(MINUTES, exposure(5.0, official=-20.0))


def test_a_chance_rises_with_a_trait_that_speaks_for_it_and_with_the_words_around() -> None:
    scorer = exposure(0.0, near=1.0)
    near = TRAITS.index("near")

    def mention(value: float, *words: int) -> Mention:
        traits = tuple(value if at == near else 0.0 for at in range(len(TRAITS)))
        return Mention(text="宓红霞", places=((0, 3),), traits=traits, words=frozenset(words))

    assert scorer.chance(mention(-5.0)) < scorer.chance(mention(-1.0)) < 0.5 == scorer.chance(mention(0.0))
    scorer.words[7] = 2.0
    assert scorer.chance(mention(0.0, 7)) > 0.8
    assert scorer.chance(mention(-1000.0)) == pytest.approx(0.0)


def test_every_place_of_a_name_belongs_to_it() -> None:
    text = f"{MINUTES}\n宓红霞未到场。"
    reading = read(text, None)
    held = {mention.text: mention for mention in inquiry(reading).again.mentions}
    assert [text[slice(*place)] for place in held["宓红霞"].places] == ["宓红霞", "宓红霞"]
    assert held["宓红霞"].traits[TRAITS.index("told")] == 1.0
    assert held["尚来喜"].traits[TRAITS.index("told")] == 0.0


def test_names_of_a_long_list_are_weighed_in_linear_time() -> None:
    surnames, given = "闵宓尚濮璩邢巢鄢", "秋红来小德金桂永"

    def taken(rows: int) -> float:
        lines = [
            f"{surnames[at % 8]}{given[at // 8 % 8]}{chr(0x4E8C + at)}  二组  患尿毒症第{at}例，子女在外"
            for at in range(rows)
        ]
        asked = inquiry(read("名单如下：\n" + "\n".join(lines), None))
        facts = [(datum.start, datum.end) for datum in asked.data]
        return fastest(lambda: mentions(asked._survey, facts, asked.again.told))

    assert taken(3000) <= 20 * taken(300)  # with the square it would be a hundred


def fastest(act: Callable[[], object]) -> float:
    def once() -> float:
        start = time.process_time()
        act()
        return time.process_time() - start

    return min(once() for _ in range(5))
