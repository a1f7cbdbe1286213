"""A signed act as it is kept: a DSSE envelope (secure-systems-lab/dsse v1.0.2) with exactly one signature."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from functools import lru_cache

from reviewer.errors import ConfigurationError, EvidenceError
from reviewer.language import tr
from reviewer.signoff.canonical import canonical_plain, parse
from reviewer.signoff.codec import decode, encode
from reviewer.signoff.keys import Signer, fingerprint, holds
from reviewer.signoff.sm2 import LacksExtraError

PAYLOAD_TYPE = "application/vnd.reviewer.act+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature and the fingerprint of the key that made it."""

    keyid: str
    sig: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Payload and signature, both in base64, under the names DSSE gives them."""

    payloadType: str  # noqa: N815 - DSSE's spelling
    payload: str
    signatures: tuple[Signature, ...]

    @property
    def keyid(self) -> str:
        """Which key signed."""
        return self.signatures[0].keyid


class UncheckedError(EvidenceError):
    """A signature that this installation cannot check, and what it lacks: nothing is said about the signature."""


def preauthentication(payload: bytes, kind: str = PAYLOAD_TYPE) -> bytes:
    """The bytes that are signed: DSSE's PAE over type and payload, each with its length before it."""
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode("ascii"), len(payload), payload)


def seal(signer: Signer, payload: bytes) -> Envelope:
    """`payload` signed by `signer`."""
    signature = signer.sign(preauthentication(payload))
    return Envelope(
        payloadType=PAYLOAD_TYPE,
        payload=_text(payload),
        signatures=(Signature(keyid=fingerprint(signer.public_key), sig=_text(signature)),),
    )


def write(envelope: Envelope) -> bytes:
    """The envelope in its only spelling, as the ledger keeps it."""
    return canonical_plain(encode(envelope))


def read(text: str | bytes, place: str) -> Envelope:
    """The envelope written in `text`; raises EvidenceError naming `place` if it is none of ours."""
    written = _WRITTEN.fullmatch(text) if isinstance(text, bytes) else None
    if written is None:
        return check(decode(Envelope, parse(text, place), place), place)
    payload, keyid, sig = (one.decode("ascii") for one in written.groups())
    return Envelope(payloadType=PAYLOAD_TYPE, payload=payload, signatures=(Signature(keyid=keyid, sig=sig),))


# What `write` writes: read without JSON, which takes three times as long. Any other spelling is for `parse` to judge.
_WRITTEN = re.compile(
    rb'\{"payload":"([A-Za-z0-9+/=]+)","payloadType":"%s",' % re.escape(PAYLOAD_TYPE).encode("ascii")
    + rb'"signatures":\[\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/=]+)"\}\]\}'
)


def check(envelope: Envelope, place: str) -> Envelope:
    """`envelope` itself if its type is ours and it carries one signature; raises EvidenceError otherwise."""
    if envelope.payloadType != PAYLOAD_TYPE or len(envelope.signatures) != 1:
        raise EvidenceError(
            tr(f"{place}：信封类型或签名个数不符", f"{place}: wrong envelope type or number of signatures")
        )
    return envelope


def payload(envelope: Envelope, place: str) -> bytes:
    """What was signed."""
    return _bytes(envelope.payload, place)


def check_signature(envelope: Envelope, public_key: str, place: str) -> None:
    """Raises EvidenceError unless the envelope was signed, as it stands, by `public_key`."""
    signature = _bytes(envelope.signatures[0].sig, place)
    message = preauthentication(payload(envelope, place))
    try:
        sound = envelope.keyid == fingerprint(public_key) and holds(public_key, signature, message)
    except LacksExtraError as error:
        raise UncheckedError(f"{place}：{error}") from None
    except ConfigurationError as error:  # what a forged founding calls its key need not be one
        raise EvidenceError(f"{place}：{error}") from None
    if not sound:
        raise EvidenceError(tr(f"{place}：签名不成立", f"{place}: the signature does not hold"))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str, place: str) -> bytes:
    """Strict base64: one spelling per value, so that no byte of an envelope is free to change."""
    data = _decoded(text)
    if data is None:
        raise EvidenceError(tr(f"{place}：base64 不合格", f"{place}: not acceptable base64"))
    return data


@lru_cache(maxsize=4)  # statement and signature each ask for the same payload's
def _decoded(text: str) -> bytes | None:
    try:
        written = text.encode("ascii")
        data = binascii.a2b_base64(written, strict_mode=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    return data if binascii.b2a_base64(data, newline=False) == written else None
