"""How often a model judges passages as people ruled."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.detect.model import Model
from reviewer.learn.labels import Label
from reviewer.terms import Category
from reviewer.text.fold import fold


def agreement(labels: Sequence[Label], model: Model) -> int:
    """Passages at or above the threshold of their category that were confirmed, and below it that were not.

    Each passage stands alone, without the support that a document gives to its sentences.
    """
    agreed = 0
    for label in labels:
        category = Category(label.category)
        (chance,) = model.probabilities([fold(label.text).text])[category]
        agreed += (chance >= model.heads[category].threshold) == label.is_positive
    return agreed
