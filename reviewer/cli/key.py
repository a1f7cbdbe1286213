"""`reviewer key`: a person's signing key on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewer.cli.options import NameArgument, PassphraseOption
from reviewer.cli.signing import passphrase
from reviewer.home import home
from reviewer.language import tr
from reviewer.signoff.keyfile import create_key, key_path, read_key
from reviewer.signoff.keys import Algorithm, fingerprint
from reviewer.signoff.wording import person_name

app = typer.Typer(
    name="key", help=tr("个人签名密钥（Ed25519 或国密 SM2）", "signing keys (Ed25519 or SM2)"), no_args_is_help=True
)


@app.command(
    "new",
    help=tr(
        "生成密钥，打印公钥；私钥只留在本机。", "make a key and print the public half; the private half stays here"
    ),
)
def new(
    name: NameArgument,
    passphrase_file: PassphraseOption = None,
    algorithm: Annotated[
        Algorithm,
        typer.Option(
            "--algorithm", help=tr("签名算法（sm2 为国密，需扩展 sm）", "how it signs (sm2 needs the extra sm)")
        ),
    ] = Algorithm.ED25519,
) -> None:
    person_name(name)
    key = create_key(home(), name, passphrase(name, passphrase_file, new=True), algorithm=algorithm)
    typer.echo(key.public_key)
    typer.echo(tr(f"已生成：{key_path(home(), name)}", f"written: {key_path(home(), name)}"), err=True)
    if not key.protected:
        typer.echo(
            tr("注意：密钥没有口令保护，这一点会印在每份记录上", "note: no passphrase; every record will say so"),
            err=True,
        )


@app.command("show", help=tr("打印公钥和指纹。", "print the public key and its fingerprint"))
def show(name: NameArgument) -> None:
    stored = read_key(home(), name)
    typer.echo(stored.public_key)
    typer.echo(f"{tr('指纹', 'fingerprint')} {fingerprint(stored.public_key)}")
    if not stored.protected:
        typer.echo(tr("没有口令保护", "no passphrase"))
