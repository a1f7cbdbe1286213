"""What surrounds matter of persons: the shipped scorer comes out of the shipped texts."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from reviewer.detect.model import persons_digest
from reviewer.detect.persons import load_persons
from reviewer.learn.corpus import read_corpus
from reviewer.learn.persons import read_person_texts, sentences_about, veil
from reviewer.learn.surroundings import train_around
from reviewer.learn.training import OF_PERSONS_DOCUMENT, read_background
from reviewer.resources import shipped


def test_training_again_gives_the_same_weights() -> None:
    models = shipped("models")
    learned = load_persons(models, persons_digest(models))
    held = learned.sentences.surroundings
    assert held is not None
    others = {text.id: (text.author, text.text) for text in read_corpus(models / "corpus")}
    about = [text for text in read_person_texts(models / "corpus-persons", others) if text.about]
    sentences = sentences_about([veil(text, learned.names) for text in about])
    with threadpool_limits(limits=1):  # as they were trained: with two, sums of many parts have other last digits
        again = train_around(sentences, read_background(models), OF_PERSONS_DOCUMENT)
    assert np.allclose(again.weights, held.weights, rtol=1e-3, atol=1e-4)
    assert again.bias == pytest.approx(held.bias, rel=1e-3)
