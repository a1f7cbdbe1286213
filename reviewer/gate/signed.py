"""Asks the ledger, or the records beside the files, which of them a complete chain signed, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from reviewer.errors import EvidenceError, NothingReadError, UsageError
from reviewer.language import tr
from reviewer.signoff.clearance import Cleared, NotCleared, signed_off, signed_off_in
from reviewer.signoff.ledger import look_up
from reviewer.signoff.record_proof import proved_replay
from reviewer.signoff.replay import Replay
from reviewer.signoff.vocabulary import Channel
from reviewer.terms import Review
from reviewer.value import dataclass

BESIDE = ".record.json"
"""公告.docx.record.json is the record of 公告.docx."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where sign-offs are looked for: a ledger, or records with the fingerprint of the unit's founding key."""

    ledger: str | None
    records: tuple[str, ...]
    trust: str | None
    channel: str | None


def why_not_signed(evidence: Evidence, reviews: Sequence[Review]) -> Mapping[str, str]:
    """Path → why it may not go out, for every file that no chain covers.

    Raises UsageError when neither a ledger nor a founding key is named, EvidenceError for a record that does not hold.
    """
    answers = _answers(evidence, [review.document.path for review in reviews], reviews)
    return {
        review.document.path: answer.reason
        for review, answer in zip(reviews, answers, strict=True)
        if isinstance(answer, NotCleared)
    }


def _answers(evidence: Evidence, paths: Sequence[str], reviews: Sequence[Review]) -> Sequence[Cleared | NotCleared]:
    digests = [review.document.sha256 for review in reviews]
    channel, now = _channel(evidence.channel), datetime.now(UTC)
    if evidence.records or (evidence.trust and not evidence.ledger):
        if not evidence.trust:
            raise UsageError(
                tr(
                    "凭记录放行，须用 --trust 给出本单位公布的创始密钥指纹：没有它，谁都能自造一份记录",
                    "with --record give --trust, the fingerprint of the unit's founding key: anybody can make a record",
                )
            )
        replays = dict(_proved(path, evidence.trust) for path in (*evidence.records, *_beside(paths)))
        return signed_off_in(replays, digests, now, channel)
    named = evidence.ledger or os.environ.get("REVIEWER_LEDGER")
    if not named:
        raise UsageError(
            tr(
                "要核对审签，请用 --ledger 或环境变量 REVIEWER_LEDGER 指定台账，或用 --record、--trust 指定审签记录",
                "name the ledger with --ledger or REVIEWER_LEDGER, or a record with --record and --trust",
            )
        )
    with look_up(named) as ledger:
        return signed_off(ledger, digests, now, channel)


def _channel(name: str | None) -> Channel | None:
    if name is None:
        return None
    found = next((channel for channel in Channel if channel.value == name), None)
    if found is None:
        known = "、".join(channel.value for channel in Channel)
        raise UsageError(tr(f"--channel 可用：{known}", f"--channel: one of {known}"))
    return found


def _beside(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if Path(path + BESIDE).is_file():
            yield path + BESIDE


def _proved(path: str, trust: str) -> tuple[str, Replay]:
    try:
        data = Path(path).read_bytes()
    except OSError:
        raise NothingReadError(tr(f"{path}：没有这份记录", f"{path}: there is no such record")) from None
    try:
        return proved_replay(data, trust)
    except EvidenceError as error:
        raise EvidenceError(f"{path}{tr('：', ': ')}{error}") from None
