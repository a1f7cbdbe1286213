"""Marks that did not reach their points: how many, of how many, and what took points off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from reviewer.detect.expressions import regex
from reviewer.detect.mark import Mark, deduction, is_in_zone, is_lawful
from reviewer.detect.near.miss import Miss
from reviewer.detect.near.wording import failure
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Rule

_MARGIN = 80  # characters around a place from which a mark may reach into it


def near(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    for rule in rules:
        match = cast(Mark, rule.match)
        stood = tuple(word for word in match.anchors if reading.hits_in(word, place))
        wide = max(0, place[0] - _MARGIN), min(len(reading.text), place[1] + _MARGIN)
        for evidence in match.evidence if stood else ():
            for found in regex(evidence.pattern).finditer(reading.text, *wide):
                start, end = found.span("it" if "it" in found.re.groupindex else 0)
                lawful = not evidence.own and is_lawful(reading, start, end)
                if start >= place[1] or place[0] >= end or lawful:
                    continue
                lost = deduction(reading, start, end)
                points = evidence.points - lost
                if not is_in_zone(evidence.zone, reading, start, end):
                    where = tr("要独占一行，或在文首、页眉等处才算", "counts alone on its line, or at the head only")
                    yield _miss(rule, match, stood, where, 0)
                elif points < match.minimum:
                    yield _miss(rule, match, stood, _points(points, lost, match.minimum), points)
                elif failing := match.conditions.failing(reading, start, end):
                    why, covered = failure(failing, match.conditions, reading, start, end)
                    yield Miss(rule=rule, stood=stood, lacking=why, distance=0, covered=covered)


def _miss(rule: Rule, match: Mark, stood: tuple[str, ...], why: str, points: int) -> Miss:
    return Miss(rule=rule, stood=stood, lacking=why, distance=1, score=float(points), needed=float(match.minimum))


def _points(points: int, lost: int, minimum: int) -> str:
    taken = tr(f"（加引号、并列列举或在书名号内，扣 {lost} 分）", f" ({lost} off: quoted, listed or cited)")
    return tr(
        f"作为标志只得 {points} 分，满 {minimum} 分才报{taken if lost else ''}",
        f"as a mark worth {points} points of {minimum}{taken if lost else ''}",
    )
