"""Inline allowances count only where the approved policy permits them and the approved commit has the line."""

from __future__ import annotations

import pytest
from repository import MARKED, NAMED, commit, gate, git, write
from test_approved import rules_of

PERMITTED = 'unit = "青石县"\nallowances = true\n'
OTHER = NAMED.replace("13800138000", "13911139110")


@pytest.fixture(scope="module")
def marker(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A comment that allows everything found in the named text."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("probe") / "inner"
        folder.mkdir()
        patch.chdir(folder)
        rules = sorted(rules_of(NAMED))
    assert rules
    return "".join(f"<!-- reviewer: allow {rule} 已公开 -->" for rule in rules) + "\n"


def stage(name: str, text: str) -> None:
    write(name, text)
    git("add", "-A")


def permitted(marker: str, text: str = NAMED) -> None:
    commit("reviewer.toml", PERMITTED)
    commit("公告.md", marker + text)


def test_an_approved_line_is_allowed_printed_and_counted(
    repository: object, marker: str, capsys: pytest.CaptureFixture[str]
) -> None:
    permitted(marker)
    stage("公告.md", marker + NAMED + "特此公告。\n")
    assert gate() == 0
    said = capsys.readouterr().err
    assert "按行内许可放行" in said and "已公开" in said and "行内许可共放行" in said


def test_not_without_the_policy(repository: object, marker: str) -> None:
    commit("公告.md", marker + NAMED)
    stage("公告.md", marker + NAMED + "特此公告。\n")
    assert gate() == 10


@pytest.mark.parametrize(
    "change",
    ["the policy itself", "the allowance", "the line", "once more", "another path", "the line elsewhere", "no reason"],
)
def test_a_change_never_allows_itself(repository: object, marker: str, change: str) -> None:
    if change == "the policy itself":
        commit("公告.md", marker + NAMED)
        write("reviewer.toml", PERMITTED)
        stage("公告.md", marker + NAMED + "特此公告。\n")
    elif change == "the allowance":
        permitted("")
        stage("公告.md", marker + NAMED)
    elif change == "the line":
        permitted(marker)
        stage("公告.md", marker + OTHER)
    elif change == "once more":
        permitted(marker)
        stage("公告.md", marker + NAMED + marker + NAMED)
    elif change == "another path":
        permitted(marker)
        git("mv", "公告.md", "公示.md")
    elif change == "the line elsewhere":
        permitted(marker, "另行公告。\n" + NAMED)
        stage("公告.md", marker + NAMED)
    else:
        bare = marker.replace(" 已公开", "")
        permitted(bare)
        stage("公告.md", bare + NAMED + "特此公告。\n")
    assert gate() == 10


def test_what_must_be_blocked_is_never_allowed(repository: object) -> None:
    mark = "<!-- reviewer: allow state-secret/mark 已解密 -->\n"
    permitted(mark, MARKED)
    stage("公告.md", mark + MARKED + "特此公告。\n")
    assert gate() == 11


def test_what_needs_two_people_is_never_allowed(repository: object, marker: str) -> None:
    from pathlib import Path

    from reviewer.gate.allowances import allowed
    from reviewer.screen.one import Task, review_file
    from reviewer.screen.screener import screener_for
    from reviewer.screen.settings import settings
    from reviewer.terms import Severity
    from reviewer.value import replace

    permitted(marker)
    review = review_file(screener_for(settings(None, None)), Task(path=Path("公告.md"), shown_as="公告.md"))
    assert allowed(review, "HEAD", "2026-01-01")[1]
    grave = tuple(replace(one, severity=Severity.CRITICAL) for one in review.verdict.findings)
    severe = replace(review, verdict=replace(review.verdict, findings=grave))
    assert allowed(severe, "HEAD", "2026-01-01") == (severe, ())
