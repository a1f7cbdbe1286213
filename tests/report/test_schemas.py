"""What hosts and editors read holds to the schema of its form, and what does not is refused."""

from __future__ import annotations

import io
import json
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from golden import REPORTS, ROOT, kept, written
from jsonschema import Draft202012Validator
from lxml import etree
from made_reports import ASIDE, GAP, MARK, NOTE, NUMBER, PLACE, report
from schemas import CODE_QUALITY, SARIF

from reviewer.language import use_language
from reviewer.report import Report, format_named
from reviewer.value import replace

JSON_FORMS = {"sarif": Draft202012Validator(SARIF), "codequality": Draft202012Validator(CODE_QUALITY)}
JUNIT = etree.RelaxNG(etree.parse(Path(__file__).with_name("junit.rng")))

# Names, places and reasons as they should not be, and a place without a line.
ODD = replace(
    NUMBER,
    title="号{0}码",
    text='"<&\x00\x1b[31m>{',
    note="一\n二\r\n三",
    advice="",
    location=replace(PLACE, line=None),
)
HOSTILE = (
    report(ODD, replace(MARK, basis=()), NOTE, verdict="block", path="a b/%7B{0}\n#?&<名>.txt"),
    report(verdict="refer", gaps=(GAP, replace(GAP, place="p\x07{3}", reason="读\x00不了")), path="扫\ud800描.pdf"),
    report(verdict="clear", set_aside=(replace(ASIDE, reason='"}\n{'),), path="好.txt"),
)


def told(form: str, reports: tuple[Report, ...], language: str = "zh") -> str:
    use_language(language)
    try:
        out = io.StringIO(newline="")
        writer = format_named(form, out, ROOT)
        for one in reports:
            writer.add(one)
        writer.close()
    finally:
        use_language("zh")
    return out.getvalue()


def faults(form: str, document: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message}" for error in JSON_FORMS[form].iter_errors(document)]


@pytest.mark.parametrize("form", JSON_FORMS)
def test_the_kept_report_holds_to_its_schema(form: str) -> None:
    assert faults(form, json.loads(kept(form).read_bytes())) == []


@pytest.mark.parametrize("form", JSON_FORMS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("reports", [REPORTS, HOSTILE, ()], ids=["ordinary", "hostile", "none"])
def test_every_report_holds_to_its_schema(form: str, reports: tuple[Report, ...], language: str) -> None:
    assert faults(form, json.loads(told(form, reports, language))) == []


@pytest.mark.parametrize("form", JSON_FORMS)
def test_the_schemas_are_sound(form: str) -> None:
    Draft202012Validator.check_schema({"sarif": SARIF, "codequality": CODE_QUALITY}[form])


GONE = object()
RUN = ("runs", 0)
RESULT = (*RUN, "results", 0)
DRIVER = (*RUN, "tool", "driver")
REGION = (*RESULT, "locations", 0, "physicalLocation", "region")
SUPPRESSION = (*RUN, "results", 4, "suppressions", 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), GONE),
        (("version",), "2.0.0"),
        (("runs",), GONE),
        (("author",), "x"),
        ((*RUN, "tool"), GONE),
        ((*RUN, "columnKind"), "codePoints"),
        (DRIVER, {}),
        ((*DRIVER, "semanticVersion"), "0.1"),
        ((*DRIVER, "language"), "zh_CN"),
        ((*DRIVER, "rules", 0, "id"), GONE),
        ((*DRIVER, "rules", 0, "defaultConfiguration", "level"), "fatal"),
        ((*DRIVER, "rules", 0, "shortDescription"), "a word"),
        ((*RESULT, "message"), GONE),
        ((*RESULT, "message", "text"), ""),
        ((*RESULT, "message", "text"), "one {0}"),
        ((*RESULT, "level"), "high"),
        ((*RESULT, "rank"), 101),
        ((*RESULT, "ruleIndex"), -2),
        ((*RESULT, "severity"), "high"),
        ((*RESULT, "locations", 0, "physicalLocation", "artifactLocation", "uri"), "名 单.txt"),
        ((*RESULT, "partialFingerprints"), ["x"]),
        ((*REGION, "startLine"), 0),
        ((*REGION, "startLine"), GONE),
        ((*REGION, "startColumn"), "3"),
        ((*SUPPRESSION, "kind"), "inline"),
        ((*SUPPRESSION, "status"), "done"),
    ],
)
def test_sarif_that_breaks_the_standard_is_refused(path: tuple[str | int, ...], value: object) -> None:
    assert faults("sarif", changed(json.loads(written("sarif")), path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((0, "description"), GONE),
        ((0, "check_name"), ""),
        ((0, "fingerprint"), "F" * 32),
        ((0, "severity"), "high"),
        ((0, "location", "path"), "./a.txt"),
        ((0, "location", "path"), "/srv/a.txt"),
        ((0, "location", "path"), "a\\b.txt"),
        ((0, "location", "lines", "begin"), 0),
        ((0, "location", "lines"), GONE),
        ((0, "categories"), ["Style"]),
    ],
)
def test_a_code_quality_report_that_gitlab_does_not_take_is_refused(path: tuple[str | int, ...], value: object) -> None:
    assert faults("codequality", changed(json.loads(written("codequality")), path, value))


def changed(document: Any, path: tuple[str | int, ...], value: object) -> Any:
    copy = deepcopy(document)
    *way, last = path
    at = copy
    for step in way:
        at = at[step]
    if value is GONE:
        del at[last]
    else:
        at[last] = value
    return copy


def test_gitlab_sees_every_entry() -> None:
    """The host keeps one entry a fingerprint."""
    for reports in (REPORTS, HOSTILE):
        prints = Counter(entry["fingerprint"] for entry in json.loads(told("codequality", reports)))
        assert set(prints.values()) <= {1}


# --- JUnit


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("reports", [REPORTS, HOSTILE, ()], ids=["ordinary", "hostile", "none"])
def test_junit_holds_to_its_grammar_and_counts_right(reports: tuple[Report, ...], language: str) -> None:
    tree = etree.fromstring(told("junit", reports, language).encode())
    assert JUNIT.validate(tree), JUNIT.error_log
    for suite in tree:
        for count, path in (("tests", "testcase"), ("failures", "*/failure"), ("errors", "*/error")):
            assert int(suite.get(count)) == len(suite.findall(path)), count


def test_the_kept_junit_report_holds_to_its_grammar() -> None:
    assert JUNIT.validate(etree.parse(kept("junit"))), JUNIT.error_log


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('<testsuites name="reviewer">', '<testsuites title="reviewer">'),
        (' skipped="0"', ""),
        (' tests="', ' tests="-'),
        (' classname="', ' class="'),
        ("<failure ", '<failure code="1" '),
        ("<error type=", "<system-out/><error type="),
        ("<testcase ", "<test/><testcase "),
    ],
)
def test_junit_that_no_reader_takes_is_refused(right: str, wrong: str) -> None:
    text = written("junit")
    assert right in text
    assert not JUNIT.validate(etree.fromstring(text.replace(right, wrong, 1).encode()))
