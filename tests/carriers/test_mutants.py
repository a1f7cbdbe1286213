"""Some hundred damaged carriers: no reader raises, none hangs. benchmarks/fuzz_readers.py goes on with it for hours."""

from __future__ import annotations

import importlib
import time

import pytest

from reviewer.extract import READERS
from reviewer.extract.scribe import Extracted
from reviewer.extract.sniff import sniff

from .all import CARRIERS
from .mutants import holds, mutant

SEED = 20261124
SLICES, MUTANTS = 12, 25
LONGEST_S = 10


@pytest.mark.parametrize("part", range(SLICES))
def test_damaged_files_are_read_or_declared(part: int) -> None:
    for index in range(part * MUTANTS, (part + 1) * MUTANTS):
        made = mutant(CARRIERS, SEED, index)
        member = READERS.get(sniff(made.data, made.carrier.name))
        began = time.process_time()
        if made.data and member is not None:
            assert isinstance(importlib.import_module(member).read(made.data), Extracted)
        assert time.process_time() - began < LONGEST_S, (made.carrier.name, made.how, index)


def test_a_mutant_comes_out_the_same_again() -> None:
    timeless = [carrier for carrier in CARRIERS if carrier.name.endswith((".html", ".txt", "vanish.docx", "body.pdf"))]
    first, second = ([mutant(timeless, SEED, n).data for n in range(30)] for _ in range(2))
    assert first == second


def test_a_number_is_looked_for_in_what_is_packed() -> None:
    carriers = {carrier.name: carrier for carrier in CARRIERS}
    for name in ("docx body.docx", "docx embedded document.docx", "pdf body.pdf", "text utf-8.txt"):
        assert holds(carriers[name].data(), carriers[name].number)
        assert not holds(carriers[name].data(), "123456789012345678")
