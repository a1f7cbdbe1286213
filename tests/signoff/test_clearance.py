import hashlib
from datetime import timedelta

import pytest

from reviewer.errors import EvidenceError
from reviewer.signoff import procedure
from reviewer.signoff.clearance import Cleared, NotCleared, signed_off
from reviewer.signoff.vocabulary import Opinion

from .office import Office, raw


def ask(office: Office, *contents: bytes) -> list[str]:
    """Per content the case that clears it, or the reason why none does."""
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    answers = signed_off(office.ledger, digests, office.now)
    assert [answer.sha256 for answer in answers] == digests
    return [answer.case if isinstance(answer, Cleared) else answer.reason for answer in answers]


def first(office: Office) -> str:
    (answer,) = ask(office, office.files[0].read_bytes())
    return answer


def test_approved_and_published_bytes_are_cleared(office: Office) -> None:
    number = office.approved()
    assert ask(office, *(path.read_bytes() for path in office.files)) == [number, number]
    office.publish(number)
    assert first(office) == number


def test_bytes_nobody_submitted(office: Office) -> None:
    office.approved()
    assert "没有送审记录" in ask(office, b"something else")[0]


def test_a_case_under_way_clears_nothing(office: Office) -> None:
    number = office.submit()
    assert first(office) == f"{number} 已送审。下一步：审核人办理（李四、赵六）。"
    office.review(number)
    assert "分管领导办理" in first(office)
    office.review(number, Opinion.RETURN, by="王五")
    assert "张三改后重新送审" in first(office)


def test_the_latest_case_that_clears_counts(office: Office) -> None:
    number = office.approved()
    office.submit()
    assert first(office) == number


def test_the_reason_is_the_latest_cases(office: Office) -> None:
    office.submit()
    number = office.submit()
    assert first(office) == f"{number} 已送审。下一步：审核人办理（李四、赵六）。"


@pytest.mark.parametrize("published", [False, True])
def test_an_approval_not_used_in_time_lapses(office: Office, published: bool) -> None:
    number = office.published() if published else office.approved()
    office.now += timedelta(days=31)
    assert first(office) == number if published else "30 天有效期" in first(office)


def test_an_old_version_is_void(office: Office) -> None:
    number = office.approved()
    before = office.files[0].read_bytes()
    office.files[0].write_bytes(b"second version")
    office.submit(seen=office.case(number))
    assert "现版本不含这些字节" in ask(office, before)[0]


def test_what_was_taken_down_or_withdrawn_is_void(office: Office) -> None:
    one, other = office.published(), office.approved()
    procedure.take_down(office.pen("王五"), office.case(one), "误发", suspected_leak=False)
    procedure.withdraw(office.pen("张三"), office.case(other), "不发了")
    assert "撤" in first(office)


def test_a_signer_who_left_voids_what_is_not_published(office: Office) -> None:
    office.approved()
    procedure.revoke(office.pen("管理员"), "王五", "调离")
    assert "王五已被撤销" in first(office)


def test_the_index_is_believed_in_nothing(office: Office) -> None:
    """A row slipped into the index points to a case that does not hold these bytes."""
    number = office.approved()
    sha256 = hashlib.sha256(b"slipped in").hexdigest()
    raw(office.ledger).execute("INSERT INTO covers VALUES (?, ?), (?, ?)", (sha256, number, sha256, "2026-0099"))
    (answer,) = signed_off(office.ledger, [sha256], office.now)
    assert isinstance(answer, NotCleared)


def test_a_forged_case_stops_the_gate(office: Office) -> None:
    office.approved()
    raw(office.ledger).execute("DROP TRIGGER entry_keeps")
    raw(office.ledger).execute('UPDATE entry SET envelope = replace(envelope, \'"sig":"\', \'"sig":"A\')')
    with pytest.raises(EvidenceError):
        first(office)
