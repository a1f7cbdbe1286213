"""A new version of an approved document: what is carried, what asks for eyes, what nobody can carry by saying so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reviewer.errors import NotAllowedError
from reviewer.signoff import procedure
from reviewer.signoff.act import About, Review, Settled, Submit
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.passages import MOST, apart, digests_of, passages_of
from reviewer.signoff.proof import all_hold
from reviewer.signoff.screening import Warned
from reviewer.signoff.succession import Change, Stretch, compared
from reviewer.signoff.succession_rules import adopted, succession, taken_over
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Channel, Opinion
from reviewer.terms import Document, Ruling, Severity

from .office import Office, releasable, screening_of
from .successors import BEFORE, NEXT, SEALING, approved_case, changed, document, finding, screened, submit


@pytest.mark.parametrize(
    ("approved", "found", "carried", "changes", "gone"),
    [
        pytest.param("abcde", "abcde", [(1, 5)], {}, {}, id="nothing changed"),
        pytest.param("abcde", "abXde", [(1, 1), (5, 5)], {1: "beside", 2: "new", 3: "beside"}, {}, id="one changed"),
        pytest.param("abcde", "abde", [(1, 1), (4, 4)], {1: "beside", 2: "beside"}, {2: 1}, id="one deleted"),
        pytest.param("abcde", "abcd", [(1, 3)], {3: "beside"}, {4: 1}, id="the end deleted"),
        pytest.param("abcde", "bcde", [(2, 4)], {0: "beside"}, {0: 1}, id="the beginning deleted"),
        pytest.param("abcde", "abcdeX", [(1, 4)], {4: "beside", 5: "new"}, {}, id="added at the end"),
        pytest.param("abcdef", "abefcd", [(1, 1)], {1: "beside", 2: "new", 3: "new", 4: "beside", 5: "beside"}, {6: 2},
                     id="moved"),
        pytest.param("", "ab", [], {0: "new", 1: "new"}, {}, id="nothing approved"),
    ],
)  # fmt: skip
def test_what_is_carried(
    approved: str, found: str, carried: list[tuple[int, int]], changes: dict[int, str], gone: dict[int, int]
) -> None:
    told = compared(approved, found)
    assert set(told.carried) | set(told.changes) == set(range(len(found)))
    if approved != "abcdef":  # of a move either half may count as the one that stayed
        assert told.stretches == tuple(Stretch(first=first, last=last) for first, last in carried)
        assert told.changes == {at: Change(one) for at, one in changes.items()}
        assert told.gone == gone
    else:
        assert Change.NEW in told.changes.values()


def test_a_long_document_is_compared_in_time() -> None:
    before = [f"{at}" for at in range(MOST)]
    after = [one if at % 2 else f"x{one}" for at, one in enumerate(before)]
    told = compared(before, after)
    assert len(told.changes) == MOST  # every passage stands beside a change


def test_digests_tell_nothing_of_the_words() -> None:
    passages = passages_of(document("110101190001011234", "甲", "甲"))
    made = apart(digests_of(passages, SEALING))
    assert len(set(made)) == 3  # not even which passages are alike
    for other in (replace(SEALING, key=b"l" * 32), replace(SEALING, salt="11" * 16)):
        assert not set(made) & set(apart(digests_of(passages, other)))


def test_a_row_of_a_table_is_one_passage() -> None:
    assert [one.place for one in passages_of(document("姓名", "张三", "李四", "  ", row=True))] == [
        "第1行",
        "第2行",
        "第4行",
    ][:2]


def test_white_space_is_no_change_and_hiding_is_one() -> None:
    plain, spaced = document("甲 乙"), document("甲   乙 ")
    hidden = replace(plain, segments=(replace(plain.segments[0], hidden=True),))
    made = [digests_of(passages_of(one), SEALING) for one in (plain, spaced, hidden)]
    assert made[0] == made[1] != made[2]


# ---- in the chain


def test_a_ruling_is_carried_and_the_reviewer_takes_it_over(office: Office) -> None:
    first = approved_case(office)
    screening, places = changed(office, document("标题", "一改", "二", "联系人", "三", "四"), finding())
    rests = succession(office.case(first), screening, places)
    told = rests.files[0]
    assert (told.carried, rests.findings) == ((Stretch(first=4, last=6),), ("f" * 32,))
    assert [(eye.place, eye.change) for eye in told.eyes] == [
        ("第1行", Change.BESIDE), ("第2行", Change.NEW), ("第3行", Change.BESIDE),
    ]  # fmt: skip
    second = submit(office, screening, succeeds=rests)
    seen = office.case(second)
    assert seen.unsettled()  # a proposal settles nothing: the reviewer's own signature does
    with pytest.raises(NotAllowedError):
        office.review(second)
    office.review(second, settled=adopted(seen.submitted, ()))
    office.approve(second)
    assert office.case(second).rulings[0].settled.carried == first
    assert all(step.standing.value != "broken" for step in verify_ledger(office.ledger))
    third_from = succession(office.case(second), screening, places)
    assert taken_over(office.case(second), third_from.findings)[0].carried == first  # where it was made, not passed on


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_carried_is_compared_however_many_verify(
    office: Office, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """The approved case may be in another process's share; only here, where the comparison fails, it is seen."""
    first = approved_case(office)
    screening, places = changed(office, NEXT, finding())
    submit(office, screening, succeeds=succession(office.case(first), screening, places))
    assert all_hold(verify_ledger(office.ledger, jobs=jobs))

    def refuse(*_: object) -> None:
        raise NotAllowedError("carried what is not there")

    monkeypatch.setattr("reviewer.signoff.replay.check_succession", refuse)
    assert not all_hold(verify_ledger(office.ledger, jobs=jobs))


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        pytest.param(document("标题", "一", "二", "联系人改", "三", "四"), [finding()], id="its passage changed"),
        pytest.param(
            document("标题", "一", "联系人", "三", "四"), [finding(passage=3)], id="what stood before it is gone"
        ),
        pytest.param(document("标题", "一", "二", "联系人", "三改", "四"), [finding()], id="what follows it changed"),
        pytest.param(NEXT, [finding("e" * 32)], id="another rule finds something there"),
        pytest.param(NEXT, [replace(finding(), severity=Severity.CRITICAL)], id="graver now"),
        pytest.param(NEXT, [replace(finding(), rule="personal-privacy/told")], id="another rule, the same fingerprint"),
        pytest.param(NEXT, [replace(finding(), count=4)], id="once more"),
        pytest.param(NEXT, [finding(), finding(passage=2)], id="the same once more, in a new passage"),
        pytest.param(NEXT, [replace(finding(), passages=())], id="nowhere in particular"),
    ],
)
def test_what_is_not_carried(office: Office, text: Document, findings: list[Warned]) -> None:
    first = approved_case(office)
    screening, places = changed(office, text, *findings)
    assert succession(office.case(first), screening, places).findings == ()


def test_what_was_returned_carries_nothing(office: Office) -> None:
    number = submit(office, screened(office, BEFORE, finding()))
    office.review(number, settled=(releasable("f" * 32, Ruling.CONFIRMED),), opinion=Opinion.RETURN)
    screening, places = changed(office, NEXT, finding())
    with pytest.raises(NotAllowedError):
        succession(office.case(number), screening, places)


@pytest.mark.parametrize("by_hand", ["more carried", "a ruling", "a package", "a ruling on nothing", "no proposals"])
def test_nobody_carries_by_saying_so(office: Office, by_hand: str) -> None:
    first = approved_case(office)
    screening, places = changed(office, NEXT, finding(), finding("e" * 32, 2))
    rests = succession(office.case(first), screening, places)
    proposed = taken_over(office.case(first), rests.findings)
    if by_hand == "more carried":
        rests = replace(rests, files=(replace(rests.files[0], carried=(Stretch(first=1, last=6),)), rests.files[1]))
    elif by_hand == "a package":
        rests = replace(rests, package="0" * 64)
    elif by_hand == "a ruling":
        proposed = (replace(proposed[0], ruling=Ruling.FALSE_POSITIVE),)
    elif by_hand == "no proposals":
        proposed = ()
    else:
        rests = replace(rests, findings=("e" * 32, "f" * 32))
        proposed += (replace(proposed[0], fingerprint="e" * 32),)
    manifest = read_manifest(office.files)
    with pytest.raises(NotAllowedError):
        procedure.submit(
            office.pen("张三"), manifest, screening, Channel.WEBSITE, About(title="公告"), None, proposed, rests
        )


def test_a_reviewer_cannot_say_carried_of_what_is_not(office: Office) -> None:
    number = submit(office, screened(office, BEFORE, finding()))
    word = Settled(fingerprint="f" * 32, ruling=Ruling.RELEASABLE, reason="照旧", carried="2026-0009")
    seen = office.case(number)
    with pytest.raises(NotAllowedError):
        procedure.review(
            office.pen("李四"), seen, Review(package=seen.package, opinion=Opinion.AGREE, comment="", settled=(word,))
        )


def test_an_approval_taken_back_carries_nothing(office: Office) -> None:
    first = approved_case(office)
    screening, places = changed(office, NEXT, finding())
    rests = succession(office.case(first), screening, places)
    procedure.withdraw(office.pen("张三"), office.case(first), "内容有误")
    with pytest.raises(NotAllowedError):
        submit(office, screening, succeeds=rests)


def test_a_submission_that_succeeds_nothing_reads_as_before() -> None:
    from reviewer.signoff.codec import encode

    assert "succeeds" not in encode(_plain()) and "carried" not in encode(releasable("f" * 32))


def _plain() -> Submit:
    from reviewer.signoff.manifest import Manifest

    empty = Manifest(files=())
    return Submit(
        version=1, channel=Channel.WEBSITE, about=About(title="公告"), manifest=empty, screening=screening_of(empty)
    )
