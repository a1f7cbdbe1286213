"""SM2 with SM3 against the standards' own examples, and an office that signs with it beside Ed25519."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reviewer.errors import ConfigurationError, EvidenceError, NotAllowedError
from reviewer.extract.digest import digests
from reviewer.signoff import procedure, sm2
from reviewer.signoff.keyfile import create_key, load_key, read_key
from reviewer.signoff.keys import Algorithm, fingerprint, holds, open_sm2_key, parse_public_key, written
from reviewer.signoff.proof import Standing, all_hold
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import proved_replay, verify_record
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Role

from .office import Office, raw

# GB/T 32918.5-2017, annex A.2: the recommended curve, ID 1234567812345678, message "message digest".
SECRET = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
PUBLIC = bytes.fromhex(
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)
MESSAGE = b"message digest"
needs_sm = pytest.mark.usefixtures("library")


@pytest.fixture(scope="session")
def library() -> None:
    pytest.importorskip("gmssl_pyx", reason="the extra `sm` is not installed")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_of_the_standard(message: bytes, expected: str) -> None:
    """GB/T 32905-2016, annex A."""
    assert digests([message]).sm3 == expected


@needs_sm
def test_the_signature_of_the_standard() -> None:
    assert sm2.on_curve(PUBLIC)
    assert sm2.verify(PUBLIC, SIGNATURE, MESSAGE)
    assert not sm2.verify(PUBLIC, SIGNATURE, MESSAGE + b".")
    own = open_sm2_key("甲", SECRET, written(Algorithm.SM2, PUBLIC), protected=False)
    assert sm2.verify(PUBLIC, own.sign(MESSAGE), MESSAGE)
    assert own.sign(MESSAGE) != own.sign(MESSAGE)  # a nonce of its own each time


@needs_sm
def test_no_byte_of_a_signature_can_be_changed() -> None:
    for at in range(64):
        assert not sm2.verify(PUBLIC, SIGNATURE[:at] + bytes([SIGNATURE[at] ^ 1]) + SIGNATURE[at + 1 :], MESSAGE)
    for other in (b"", SIGNATURE[:-1], SIGNATURE + b"\0", bytes(64), b"\xff" * 64):
        assert not sm2.verify(PUBLIC, other, MESSAGE)


@pytest.mark.parametrize("raw", [bytes(64), PUBLIC[:-1] + b"\0", b"\xff" * 64, PUBLIC[:63], PUBLIC + b"\0", b""])
def test_what_is_no_sm2_key(raw: bytes) -> None:
    with pytest.raises(ConfigurationError, match="公钥"):
        parse_public_key(written(Algorithm.SM2, raw))


@needs_sm
@pytest.mark.parametrize("passphrase", ["", "四个字"])
def test_a_key_file(tmp_path_factory: pytest.TempPathFactory, passphrase: str) -> None:
    home = tmp_path_factory.mktemp("home")
    made = create_key(home, "李四", passphrase, algorithm=Algorithm.SM2)
    assert made.public_key.startswith("sm2:")
    assert read_key(home, "李四").public_key == parse_public_key(made.public_key) == made.public_key
    loaded = load_key(home, "李四", lambda: passphrase)
    assert holds(made.public_key, loaded.sign(b"m"), b"m")
    assert loaded.protected == bool(passphrase)
    if passphrase:
        with pytest.raises(NotAllowedError, match="口令不对"):
            load_key(home, "李四", lambda: "x")


@needs_sm
def test_halves_that_do_not_belong_together() -> None:
    with pytest.raises(ConfigurationError, match="不配对"):
        open_sm2_key("甲", sm2.generate().secret, written(Algorithm.SM2, PUBLIC), protected=False)


@pytest.fixture
def mixed(bare_office: Office, library: None) -> Office:
    """The publisher signs with Ed25519, reviewer and leader with SM2."""
    for name, role in (("张三", Role.PUBLISHER), ("李四", Role.REVIEWER), ("王五", Role.LEADER)):
        if role is not Role.PUBLISHER:
            bare_office.keys[name] = create_key(bare_office.folder, name, "", algorithm=Algorithm.SM2)
        procedure.enrol(bare_office.pen("管理员"), name, role, bare_office.keys[name].public_key)
    return bare_office


def test_a_case_of_two_algorithms(mixed: Office) -> None:
    number = mixed.published()
    assert all_hold(verify_ledger(mixed.ledger))
    known = procedure.checkpoint(mixed.pen("王五"))
    assert all_hold(verify_ledger(mixed.ledger, against=str(known)))
    data = write_record(export_record(mixed.ledger, number, known))
    assert all_hold(verify_record(data, mixed.files))
    assert fingerprint(mixed.keys["王五"].public_key).encode() in data


def test_somebody_else_s_sm2_signature(mixed: Office) -> None:
    mixed.keys["王五"] = replace(mixed.keys["李四"], name="王五")
    number = mixed.submit()
    mixed.review(number)
    with pytest.raises(NotAllowedError, match="不是名册上登记的那一把"):
        mixed.approve(number)


def test_without_the_extra_it_is_said(mixed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    record = write_record(export_record(mixed.ledger, mixed.published()))
    monkeypatch.setitem(__import__("sys").modules, "gmssl_pyx", None)
    with pytest.raises(ConfigurationError, match=r"reviewer\[sm\]"):
        create_key(mixed.folder, "新人", "", algorithm=Algorithm.SM2)
    for steps in (verify_ledger(mixed.ledger), verify_record(record, mixed.files)):
        told = {step.name: step for step in steps if step.standing in (Standing.BROKEN, Standing.NOT_PROVEN)}
        assert {name: step.standing for name, step in told.items()} == {"签名": Standing.NOT_PROVEN}
        assert told["签名"].detail.startswith("2 条无法核验")
        assert "reviewer[sm]" in told["签名"].detail
    with pytest.raises(EvidenceError, match=r"reviewer\[sm\]"):
        proved_replay(record, procedure.roster_of(mixed.ledger).genesis_key)


def test_what_does_not_hold_is_broken_even_where_others_cannot_be_checked(
    mixed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed.published()
    raw(mixed.ledger).execute("DROP TRIGGER entry_keeps")
    raw(mixed.ledger).execute("UPDATE entry SET time = '2026-03-02T01:00:59Z' WHERE kind = 'approve'")
    monkeypatch.setitem(__import__("sys").modules, "gmssl_pyx", None)
    told = {step.name: step.standing for step in verify_ledger(mixed.ledger)}
    assert (told["签名"], told["内容与签名一致"]) == (Standing.NOT_PROVEN, Standing.BROKEN)
