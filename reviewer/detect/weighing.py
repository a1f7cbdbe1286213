"""Which words of a sentence weighed most with the classifier, in words that a person knows."""

from __future__ import annotations

import math

from reviewer.detect.features import even, grams
from reviewer.detect.model import BACKING, Model
from reviewer.terms import Category
from reviewer.text.segmentation import tokenizer

_MOST = 5


def heaviest(model: Model, category: Category, sentence: str) -> tuple[str, ...]:
    """The words (jieba's) with the largest share in the score, heaviest first; none that speaks against it."""
    heads = [(1.0, model.heads[category])]
    if model.matter is not None:
        heads = [(1.0, model.matter), (BACKING * model.heads[category].slope, model.heads[category])]
    found = grams(sentence)
    share = 1 / math.sqrt(len({bucket for _, bucket in found}) or 1)
    plain = "".join(sentence.split())
    weights = [0.0] * (len(even(sentence)) + 2)  # with the signs for begin and end
    at = {1: 0, 2: 0, 3: 0}
    for run, bucket in found:
        size = len(run)
        for place in range(at[size], at[size] + size):
            weights[place] += sum(times * head.weights[bucket] for times, head in heads) * share / size
        at[size] += 1
    told = {word: sum(weights[start + 1 : end + 1]) for word, start, end in tokenizer().tokenize(even(sentence))}
    named = [word for word in sorted(told, key=told.__getitem__, reverse=True) if told[word] > 0 and word in plain]
    return tuple(word for word in named if len(word) > 1)[:_MOST]
