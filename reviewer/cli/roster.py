"""`reviewer roster`: who may do what in this unit."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewer.cli.signing import (
    ByOption,
    LedgerOption,
    PassphraseOption,
    ledger_place,
    now,
    opened,
    passphrase,
    pen,
)
from reviewer.home import home
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.keyfile import founding_key, key_path, read_key
from reviewer.signoff.keys import fingerprint, parse_public_key
from reviewer.signoff.ledger import create_ledger
from reviewer.signoff.procedure import Pen
from reviewer.signoff.vocabulary import Role

app = typer.Typer(name="roster", help=tr("名册：谁可以做什么", "the roster: who may do what"), no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=tr("姓名", "the person"))]


@app.command(
    "init",
    help=tr(
        "建立台账，登记第一位管理员（没有密钥则当场生成）。",
        "found a ledger with its first administrator (a key is made if there is none)",
    ),
)
def init(
    unit: Annotated[str, typer.Option("--unit", help=tr("单位名称", "name of the unit"))],
    by: ByOption,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    exists = key_path(home(), by).exists()
    signer = founding_key(home(), by, lambda: passphrase(by, passphrase_file, new=not exists))
    with create_ledger(ledger_place(ledger)) as kept:
        procedure.found(Pen(ledger=kept, signer=signer, clock=now), unit)
    place = ledger_place(ledger)
    typer.echo(tr(f"台账已建立：{place}，单位：{unit}，管理员：{by}", f"ledger founded: {place}, {unit}, {by}"))
    mark = fingerprint(signer.public_key)
    typer.echo(
        tr(
            f"创始密钥指纹 {mark}：请印在单位内部通知或公文上，日后核验记录用",
            f"fingerprint of the founding key {mark}: print it in a notice, records are verified against it",
        )
    )


@app.command("add", help=tr("登记一个人的角色。", "give a person a role"))
def add(
    name: NameArgument,
    role: Annotated[Role, typer.Option("--role", help=tr("角色", "the role"))],
    by: ByOption,
    public_key: Annotated[
        str | None, typer.Option("--public-key", metavar="KEY", help=tr("公钥（默认取本机）", "public key"))
    ] = None,
    exception: Annotated[
        str, typer.Option("--exception", metavar="REASON", help=tr("一人多角色的理由", "why one person has two roles"))
    ] = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    key = parse_public_key(public_key) if public_key else read_key(home(), name).public_key
    with pen(ledger, by, passphrase_file) as held:
        procedure.enrol(held, name, role, key, exception)
    typer.echo(tr(f"已登记：{name} {role.label}", f"enrolled: {name}, {role.label}"))


@app.command(
    "revoke",
    help=tr("撤销一个人的全部角色；以前签的仍然有效。", "take all roles from a person; what was signed before stands"),
)
def revoke(
    name: NameArgument,
    by: ByOption,
    reason: Annotated[str, typer.Option("--reason", help=tr("理由", "why"))],
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        procedure.revoke(held, name, reason)
    typer.echo(tr(f"已撤销：{name}", f"revoked: {name}"))


@app.command("list", help=tr("列出名册。", "list the roster"))
def list_roster(ledger: LedgerOption = None) -> None:
    with opened(ledger) as kept:
        roster = procedure.roster_of(kept)
    typer.echo(roster.unit)
    for role in Role:
        for name in roster.holders(role):
            key = roster.key_of(name) or ""
            typer.echo(f"{role.label}\t{name}\t{fingerprint(key)[:16] if key else ''}")
