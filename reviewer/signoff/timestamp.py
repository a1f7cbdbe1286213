"""A checkpoint stamped by a time-stamping authority (RFC 3161), by rfc3161-client: the extra `timestamp`.

No network is used: the request is written to a file, somebody takes it to the authority, and the reply is filed as the
second line of the checkpoint's file, `reviewer.timestamp/1` and the reply in base64. The stamp is over SHA-256 of the
checkpoint's line. An authority of SM2 and SM3 is not supported: its replies are for its own tool.
"""

from __future__ import annotations

import base64
import binascii
from types import ModuleType
from typing import TYPE_CHECKING

from reviewer.errors import ConfigurationError, EvidenceError
from reviewer.language import tr
from reviewer.signoff.canonical import digest
from reviewer.signoff.checkpoint import Checkpoint
from reviewer.signoff.moment import instant
from reviewer.signoff.proof import Step, broken, not_proven, proven

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse, Verifier, VerifierBuilder

SCHEMA = "reviewer.timestamp/1"


def request(checkpoint: Checkpoint) -> bytes:
    """The request (TimeStampReq, DER) for a stamp on this checkpoint; it asks for the authority's certificate."""
    library = _library()
    builder = library.TimestampRequestBuilder().data(str(checkpoint).encode("ascii")).nonce(nonce=False)
    data: bytes = builder.hash_algorithm(library.HashAlgorithm.SHA256).build().as_bytes()
    return data


def filed(checkpoint: Checkpoint, reply: bytes) -> str:
    """The two lines of a stamped checkpoint. Raises EvidenceError for a reply that is none, or is about other bytes."""
    _stamp_of(checkpoint, reply)
    return f"{checkpoint}\n{SCHEMA} {base64.b64encode(reply).decode('ascii')}\n"


def parted(text: str) -> tuple[str, bytes | None]:
    """The checkpoint's line and the reply that is filed under it, if one is; EvidenceError for another second line."""
    line, _, rest = text.strip().partition("\n")
    if not rest or text.lstrip().startswith("{"):  # a record is no checkpoint's file
        return text, None
    schema, _, encoded = rest.strip().partition(" ")
    try:
        reply = base64.b64decode(encoded.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        reply = b""
    if schema != SCHEMA or not reply or base64.b64encode(reply).decode("ascii") != encoded:
        raise EvidenceError(tr("检查点文件的第二行不是时间戳", "the checkpoint's second line is no time stamp"))
    return line, reply


def stamp_step(checkpoint: Checkpoint, reply: bytes, roots: bytes | None) -> Step:
    """What the stamp proves; `roots` are the authority's certificates (PEM), obtained from the authority itself."""
    name = tr("时间戳", "time stamp")
    try:
        stamp = _stamp_of(checkpoint, reply)
        when = instant(stamp.tst_info.gen_time)
        if roots is None:
            return not_proven(
                name, tr(f"自称 {when}；用 --tsa 给出根证书", f"says {when}; give the root certificate with --tsa")
            )
        _verifier(roots).verify_message(stamp, str(checkpoint).encode("ascii"))
    except EvidenceError as error:
        return broken(name, str(error))
    except (ValueError, _library().VerificationError) as error:
        return broken(name, tr(f"不成立（{error}）", f"does not hold ({error})"))
    return proven(name, when)


def _stamp_of(checkpoint: Checkpoint, reply: bytes) -> TimeStampResponse:
    try:
        stamp: TimeStampResponse = _library().decode_timestamp_response(reply)
        imprint = stamp.tst_info.message_imprint.message
    except ValueError as error:
        raise EvidenceError(tr(f"不是时间戳（{error}）", f"no time stamp ({error})")) from error
    if imprint.hex() != digest(str(checkpoint).encode("ascii")):
        raise EvidenceError(tr("时间戳不是这个检查点的", "the time stamp is of another checkpoint"))
    return stamp


def _verifier(roots: bytes) -> Verifier:
    from cryptography.x509 import load_pem_x509_certificates

    builder: VerifierBuilder = _library().VerifierBuilder()
    for certificate in load_pem_x509_certificates(roots):
        builder = builder.add_root_certificate(certificate)
    return builder.build()


def _library() -> ModuleType:
    try:
        import rfc3161_client
    except ImportError:
        raise ConfigurationError(
            tr("时间戳需要扩展：pip install 'reviewer[timestamp]'。", "needs: pip install 'reviewer[timestamp]'.")
        ) from None
    return rfc3161_client
