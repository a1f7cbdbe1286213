import pytest

from reviewer.signoff.canonical import canonical
from reviewer.signoff.codec import decode, encode
from reviewer.signoff.screening import Screening, summary
from reviewer.terms import (
    Action,
    Category,
    Decision,
    DetectorKind,
    Disposition,
    Document,
    Engine,
    Finding,
    Gap,
    Review,
    Rule,
    Ruling,
    Segment,
    SetAside,
    Severity,
    Span,
    Verdict,
)

TEXT = "绝不可入账的正文"
RULE = Rule(
    id="personal-privacy/resident-id", kind=DetectorKind.IDENTIFIER, title="身份证号", title_en="id",
    category=Category.PERSONAL_PRIVACY, type="resident_id", severity=Severity.HIGH, action=Action.MASK,
    confidence=0.9, basis=(), remedy="", remedy_en="", since="1.0", hits=(), misses=(), match=None,
)  # fmt: skip


def finding(fingerprint: str, group: str | None = None, severity: Severity = Severity.HIGH) -> Finding:
    return Finding(
        rule=RULE, type="resident_id", severity=severity, confidence=0.9, action=Action.MASK,
        span=Span(segment=0, start=0, end=2), fingerprint=fingerprint, note=TEXT, group=group,
    )  # fmt: skip


def review(*findings: Finding, name: str = "公告.docx", version: str = "1", place: str = "¶1") -> Review:
    aside = SetAside(
        finding=finding("old"),
        disposition=Disposition(
            fingerprint="old", ruling=Ruling.FALSE_POSITIVE, by="李四", reason="编号", until="2027-01-01"
        ),
    )
    document = Document(
        path=name, name=name, media_type="text/plain", sha256="0" * 64, sm3="1" * 64, size_bytes=3, text=TEXT,
        segments=(Segment(place=place, text=TEXT, start=0),),
    )  # fmt: skip
    verdict = Verdict(
        decision=Decision.REDACT, findings=findings, set_aside=(aside,), gaps=(Gap(place="图1", reason="无识字组件"),),
        document="sha256:" + "0" * 64, engine=Engine(version=version, rules="r", model="m", policy="p"),
    )  # fmt: skip
    return Review(document=document, verdict=verdict, mentions={})


def test_a_column_is_one_warning() -> None:
    cells = (finding("a", "列C"), finding("b", "列C", Severity.CRITICAL), finding("c"), finding("c"))
    (file,) = summary([review(*cells)]).files
    assert [(one.fingerprint, one.count, one.severity) for one in file.findings] == [
        ("a", 2, Severity.CRITICAL),
        ("c", 2, Severity.HIGH),
    ]


def test_no_text_goes_along() -> None:
    kept = canonical(encode(summary([review(finding("a"))]))).decode()
    assert TEXT not in kept
    assert "李四" in kept  # but whose ruling set a finding aside


def test_there_and_back() -> None:
    known = summary([review(finding("a"), name="乙"), review(name="甲")])
    assert [file.name for file in known.files] == ["乙", "甲"]
    assert decode(Screening, encode(known), "此处") == known
    assert known.decision is Decision.REDACT


def test_control_characters_in_a_place_do_not_reach_the_ledger() -> None:
    (file,) = summary([review(finding("a"), place="包\x00\udc80.zip!a")]).files
    assert file.findings[0].place == "包��.zip!a"


def test_one_engine_judges_a_package() -> None:
    with pytest.raises(ValueError, match="2 engines"):
        summary([review(), review(version="2")])
    with pytest.raises(ValueError, match="0 engines"):
        summary([])
