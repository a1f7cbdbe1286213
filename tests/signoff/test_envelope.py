import json
from dataclasses import replace

import pytest

from reviewer.errors import EvidenceError
from reviewer.signoff.envelope import (
    PAYLOAD_TYPE,
    Signature,
    check_signature,
    payload,
    preauthentication,
    read,
    seal,
    write,
)
from reviewer.signoff.keys import OpenKey, open_key


def key(number: int) -> OpenKey:
    return open_key("甲", bytes([number]) * 32, protected=False)


def test_the_bytes_signed_are_dsse_s() -> None:
    """The form of the example in the DSSE protocol: DSSEv1 29 http://example.com/HelloWorld 11 hello world."""
    expected = f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} 11 hello world".encode()
    assert preauthentication(b"hello world") == expected


def test_there_and_back() -> None:
    sealed = seal(key(1), "公开".encode())
    again = read(write(sealed), "此处")
    assert again == sealed
    assert payload(again, "此处") == "公开".encode()
    check_signature(again, key(1).public_key, "此处")


def test_another_s_key_does_not_hold() -> None:
    with pytest.raises(EvidenceError, match="此处：签名不成立"):
        check_signature(seal(key(1), b"x"), key(2).public_key, "此处")


def test_a_signature_moved_to_another_payload_does_not_hold() -> None:
    one, other = seal(key(1), b"x"), seal(key(1), b"y")
    with pytest.raises(EvidenceError, match="签名不成立"):
        check_signature(replace(one, payload=other.payload), key(1).public_key, "此处")


def test_a_signature_under_a_borrowed_key_name_does_not_hold() -> None:
    one = seal(key(1), b"x")
    borrowed = replace(one, signatures=(Signature(keyid=seal(key(2), b"x").keyid, sig=one.signatures[0].sig),))
    for owner in (1, 2):
        with pytest.raises(EvidenceError):
            check_signature(borrowed, key(owner).public_key, "此处")


@pytest.mark.parametrize(
    "change",
    [
        {"payloadType": "application/vnd.in-toto+json"},
        {"signatures": []},
        {"signatures": [{"keyid": "a", "sig": "b"}] * 2},
        {"extra": 1},
        {"signatures": [{"keyid": "a", "sig": "b", "cert": "c"}]},
        {"payload": None},
    ],
)
def test_envelopes_refused(change: dict[str, object]) -> None:
    good = json.loads(write(seal(key(1), b"x")))
    with pytest.raises(EvidenceError, match="此处"):
        read(json.dumps(good | change), "此处")


@pytest.mark.parametrize("spelling", ["eA", "eB==", "e A==", "eA==\n", "公", "eA==="])
def test_base64_has_one_spelling(spelling: str) -> None:
    sealed = replace(seal(key(1), b"x"), payload=spelling)
    with pytest.raises(EvidenceError, match="base64"):
        payload(sealed, "此处")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a":1,"a":2}', id="key twice"),
        pytest.param('{"a":1.5}', id="fraction"),
        pytest.param('{"a":NaN}', id="nan"),
        pytest.param("[" * 100_000, id="bottomless"),
        pytest.param(b"\xff", id="no utf-8"),
        pytest.param("{} {}", id="two values"),
    ],
)
def test_json_refused(text: str | bytes) -> None:
    with pytest.raises(EvidenceError, match="此处"):
        read(text, "此处")
