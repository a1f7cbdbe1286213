"""Documents within a document: each is judged by itself, and its findings stand where it stands."""

from __future__ import annotations

from persons import TODAY, resident_id, rules

from reviewer.detect import Ruleset, detect
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.terms import Document, Finding, Part

NUMBER = resident_id("19080607", 1)


def member(*lines: str, media_type: str = "text/plain") -> Extracted:
    scribe = Scribe()
    for number, line in enumerate(lines, 1):
        scribe.add(line, f"¶{number}")
    inner = scribe.finish()
    return Extracted(text=inner.text, segments=inner.segments, media_type=media_type)


def container(**members: Extracted) -> Extracted:
    scribe = Scribe()
    for name, inner in members.items():
        scribe.add(name, "成员名", part=Part.FILE_NAME)
        scribe.enclose(inner, name, Enclosure.MEMBER)
    return scribe.finish()


def document(extracted: Extracted) -> Document:
    return Document(
        path="a.zip",
        name="a.zip",
        media_type="application/zip",
        sha256="",
        sm3="",
        size_bytes=1,
        text=extracted.text,
        segments=extracted.segments,
        members=extracted.members,
    )


def found(extracted: Extracted) -> list[tuple[str, str]]:
    whole = document(extracted)
    return [(whole.segments[f.span.segment].place, _text(whole, f)) for f in _ids(whole)]


def _ids(whole: Document) -> list[Finding]:
    return [f for f in detect(whole, rules(), today=TODAY).findings if f.type == "resident_id"]


def _text(whole: Document, finding: Finding) -> str:
    return whole.text[finding.span.start : finding.span.end]


def test_findings_stand_where_their_member_stands() -> None:
    inner = container(c=member("公示名单", f"王桂花 {NUMBER}"))
    extracted = container(a=member("通知", "请公示"), b=inner, d=member(f"身份证号：{NUMBER}"))
    assert found(extracted) == [("b!c!¶2", NUMBER), ("d!¶1", NUMBER)]


def test_a_number_wrapped_over_two_lines_ends_in_the_second() -> None:
    extracted = container(a=member("通知"), b=member(f"身份证号：{NUMBER[:10]}", NUMBER[10:]))
    assert found(extracted) == [("b!¶1", f"{NUMBER[:10]}\n{NUMBER[10:]}")]


def test_what_one_member_says_is_no_context_for_another(ruleset: Ruleset) -> None:
    leak = ruleset.by_id["work-secret/opinion-response"].hits[0].text.translate({ord("⟦"): None, ord("⟧"): None})
    statute = "第一条 为了规范政府信息公开工作，根据有关法律，制定本条例。"

    def types(**members: Extracted) -> set[str]:
        return {finding.type for finding in detect(document(container(**members)), ruleset, today=TODAY).findings}

    assert types(a=member(leak)) == types(a=member(leak), b=member(statute)) != types(a=member(statute, leak))


def test_groups_of_two_members_are_two() -> None:
    rows = [f"姓名{n} {resident_id('19080607', n)}" for n in range(1, 4)]
    findings = _ids(document(container(a=member(*rows), b=member(*rows))))
    assert len(findings) == 6
    groups = {f.group for f in findings if f.group}
    assert all(group.split(":")[0] in ("1", "2") for group in groups)


def test_members_keep_their_places_when_enclosed_twice() -> None:
    extracted = container(z=container(a=member("甲"), b=container(c=member("乙", "丙"))))
    texts = {m.name: extracted.text[m.start : m.end] for m in extracted.members}
    assert texts == {"z": "a\n甲\nb\nc\n乙\n丙\n", "a": "甲\n", "b": "c\n乙\n丙\n", "c": "乙\n丙\n"}
