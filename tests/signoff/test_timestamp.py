"""A checkpoint stamped by an authority of the test's own: openssl ts answers the request that the program wrote."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from reviewer.errors import ConfigurationError, EvidenceError
from reviewer.signoff import procedure
from reviewer.signoff.proof import Standing
from reviewer.signoff.timestamp import filed, parted, request, stamp_step

from .office import Office

Authority = Callable[[bytes], bytes]
CONFIGURATION = """
[authority]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
"""


def certificate(name: str, issuer: x509.Name | None, key: rsa.RSAPrivateKey, by: rsa.RSAPrivateKey) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(by, hashes.SHA256())


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Authority, bytes]:
    """Answers requests; and its root certificate."""
    pytest.importorskip("rfc3161_client", reason="the extra `timestamp` is not installed")
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to play the authority")
    folder = tmp_path_factory.mktemp("authority")
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root = certificate("root", None, root_key, root_key)
    signer = certificate("authority", root.subject, key, root_key)
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(root.public_bytes(pem))
    (folder / "signer.pem").write_bytes(signer.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "signer.key").write_bytes(private)
    (folder / "serial").write_text("01\n", "ascii")
    (folder / "conf").write_text(CONFIGURATION.format(folder=folder), "utf-8")

    def answer(query: bytes) -> bytes:
        (folder / "q.tsq").write_bytes(query)
        command = [openssl, "ts", "-reply", "-config", "conf", "-section", "authority", "-queryfile", "q.tsq"]
        command += ["-signer", "signer.pem", "-inkey", "signer.key", "-out", "r.tsr"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return (folder / "r.tsr").read_bytes()

    return answer, (folder / "root.pem").read_bytes()


def test_a_stamp_is_filed_and_proven(office: Office, authority: tuple[Authority, bytes]) -> None:
    answer, root = authority
    made = procedure.checkpoint(office.pen("王五"))
    text = filed(made, answer(request(made)))
    line, reply = parted(text)
    assert line == str(made)
    assert reply is not None
    step = stamp_step(made, reply, root)
    assert step.standing is Standing.PROVEN, step
    assert step.detail.startswith(str(datetime.now(UTC).year))
    assert stamp_step(made, reply, None).standing is Standing.NOT_PROVEN


def test_what_does_not_hold(office: Office, authority: tuple[Authority, bytes], tmp_path: Path) -> None:
    answer, root = authority
    made = procedure.checkpoint(office.pen("王五"))
    reply = answer(request(made))
    other = replace(made, size=7)
    with pytest.raises(EvidenceError, match="不是这个检查点的"):
        filed(other, reply)
    with pytest.raises(EvidenceError, match="不是时间戳"):
        filed(made, b"nothing of the kind")
    assert stamp_step(other, reply, root).standing is Standing.BROKEN
    key = rsa.generate_private_key(65537, 2048)
    stranger = certificate("root", None, key, key).public_bytes(serialization.Encoding.PEM)
    assert stamp_step(made, reply, stranger).standing is Standing.BROKEN
    assert stamp_step(made, reply, b"no certificate").standing is Standing.BROKEN
    sound = stamp_step(made, reply, root)
    assert sound.standing is Standing.PROVEN
    for at in range(30, len(reply), 97):
        changed = reply[:at] + bytes([reply[at] ^ 1]) + reply[at + 1 :]
        step = stamp_step(made, changed, root)
        assert step.standing is Standing.BROKEN or step == sound, at  # no byte that is free says anything else


@pytest.mark.parametrize("second", ["x", "reviewer.timestamp/1", "reviewer.timestamp/1 ?", "reviewer.timestamp/1 AA"])
def test_another_second_line_is_refused(second: str) -> None:
    with pytest.raises(EvidenceError, match="第二行"):
        parted(f"reviewer.checkpoint/1 …\n{second}\n")


def test_without_the_extra_it_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rfc3161_client", None)
    with pytest.raises(ConfigurationError, match=r"reviewer\[timestamp\]"):
        request(procedure.checkpoint(office.pen("王五")))
