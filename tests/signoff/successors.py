"""A new version of a document that was approved: its passages, and how it is handed in."""

from __future__ import annotations

from dataclasses import replace

from reviewer.signoff import procedure
from reviewer.signoff.act import About
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.passages import Sealing, digests_of, passages_of
from reviewer.signoff.screening import Screening, Warned
from reviewer.signoff.succession import Succession
from reviewer.signoff.succession_rules import taken_over
from reviewer.signoff.vocabulary import Channel
from reviewer.terms import Cell, Document, Segment

from .office import Office, releasable, screening_of, warned

SEALING = Sealing(key=b"k" * 32, salt="00" * 16)


def document(*lines: str, row: bool = False) -> Document:
    segments, text = [], ""
    for at, line in enumerate(lines, 1):
        cell = Cell(table=0, row=at // 2, column=at % 2) if row else None
        segments.append(Segment(place=f"第{at}行", text=line, start=len(text), line=at, cell=cell))
        text += line + "\n"
    return Document(
        path="公告.txt", name="公告.txt", media_type="text/plain", sha256="", sm3="", size_bytes=0, text=text,
        segments=tuple(segments),
    )  # fmt: skip


BEFORE = document("标题", "一", "二", "联系人", "三", "四")


def screened(office: Office, text: Document, *findings: Warned) -> Screening:
    made = screening_of(read_manifest(office.files), *findings)
    first = replace(made.files[0], passages=digests_of(passages_of(text), SEALING))
    return replace(made, files=(first, *made.files[1:]), passages=SEALING.seal)


def finding(fingerprint: str = "f" * 32, passage: int = 4) -> Warned:
    return replace(warned(fingerprint), passages=(passage,))


def submit(office: Office, screening: Screening, about: str = "", succeeds: Succession | None = None) -> str:
    approved = office.case(succeeds.case) if succeeds else None
    proposed = taken_over(approved, succeeds.findings) if approved and succeeds else ()
    manifest = read_manifest(office.files)
    return procedure.submit(
        office.pen("张三"), manifest, screening, Channel.WEBSITE, About(title="公告"), None, proposed, succeeds
    )


def approved_case(office: Office) -> str:
    number = submit(office, screened(office, BEFORE, finding()))
    office.review(number, settled=(releasable("f" * 32),))
    office.approve(number)
    return number


def changed(office: Office, text: Document, *findings: Warned) -> tuple[Screening, list[list[str]]]:
    office.files[0].write_bytes(b"next")
    screening = screened(office, text, *findings)
    places = [[one.place for one in passages_of(text)], []]  # the annex has no digests
    return screening, places


NEXT = document("标题", "一改", "二", "联系人", "三", "四")
