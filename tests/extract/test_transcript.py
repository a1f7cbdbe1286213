"""The transcript: what a child may say, and everything else is refused."""

from __future__ import annotations

import json

import pytest

from reviewer.extract.scribe import Extracted, Scribe
from reviewer.extract.transcript import TranscriptError, decode, encode
from reviewer.terms import Cell, Part

SEGMENT = {
    "place": "¶1",
    "start": 0,
    "end": 2,
    "part": "body",
    "hidden": False,
    "page": None,
    "line": None,
    "cell": None,
}


def everything() -> Extracted:
    scribe = Scribe()
    scribe.add("第一行\u2028\x85仍是第一行", "¶1", line=1)
    scribe.add("𠮷野", "表1!B4", part=Part.TABLE, cell=Cell(table=0, row=3, column=1, sheet="表1", ref="B4"))
    scribe.add("隐藏", "p2", part=Part.ANNOTATION, hidden=True, page=2, after="\r\n")
    scribe.gap("p3", "整页为图像\n没有文字层")
    return scribe.finish()


def transcript(*lines: object) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


@pytest.mark.parametrize("extracted", [everything(), Scribe().finish()], ids=["everything", "nothing"])
def test_a_transcript_reads_back_as_it_was(extracted):
    assert decode(b"".join(encode(extracted))) == extracted


def test_any_cut_is_noticed():
    whole = b"".join(encode(everything()))
    for length in range(len(whole) - 1):
        with pytest.raises(TranscriptError):
            decode(whole[:length])


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{"end": 1}],
        [{"text": "甲乙"}],
        [{"text": "甲乙"}, {"end": 2}],
        [{"text": "甲乙"}, {"end": 1}, {"end": 2}],
        [{"text": 7}, {"end": 1}],
        [{"text": "\ud800"}, {"end": 1}],
        [{"text": "甲乙", "more": ""}, {"end": 1}],
        [{"text": "甲乙"}, {**SEGMENT, "end": 3}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "start": -1}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "start": 2, "end": 1}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "start": True}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "start": 0.0}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "hidden": 0}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "part": "cellar"}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "part": ["body"]}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "place": None}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "page": "3"}, {"end": 2}],
        [{"text": "甲乙"}, {**SEGMENT, "cell": [0, 0, 0, None, None]}, {"end": 2}],
        [{"text": "甲乙"}, {"place": "¶1", "start": 0, "end": 2}, {"end": 2}],
        [{"text": "甲乙"}, ["gap"], {"end": 2}],
        [{"text": "甲乙"}, {"gap": "p1", "reason": 3}, {"end": 2}],
        [{"text": "甲乙"}, {"gap": "p1"}, {"end": 2}],
    ],
)
def test_anything_else_is_refused(lines):
    with pytest.raises(TranscriptError):
        decode(transcript(*lines))


@pytest.mark.parametrize("output", [b"\xff\xfe", b"null", b'{"text": NaN}\n{"end": 1}', b"[" * 100_000], ids=repr)
def test_what_is_not_json_is_refused(output):
    with pytest.raises(TranscriptError):
        decode(output)
