"""`reviewer roster`: who may do what in this unit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.options import ByOption, LedgerOption, NameArgument, PassphraseOption, PolicyOption, ReasonOption
from reviewer.cli.signing import ledger_place, now, opened, passphrase, pen
from reviewer.errors import UsageError
from reviewer.home import home
from reviewer.language import tr
from reviewer.policy import find_policy
from reviewer.signoff import procedure
from reviewer.signoff.chain import Chain
from reviewer.signoff.keyfile import founding_key, key_path, read_key
from reviewer.signoff.keys import fingerprint, parse_public_key
from reviewer.signoff.ledger import create_ledger
from reviewer.signoff.office import read_office
from reviewer.signoff.presets import default_chain, preset
from reviewer.signoff.procedure import Pen
from reviewer.signoff.storage.address import shown
from reviewer.signoff.vocabulary import Role

app = typer.Typer(name="roster", help=tr("名册：谁可以做什么", "the roster: who may do what"), no_args_is_help=True)

ChainOption = Annotated[
    str | None,
    typer.Option(
        "--chain",
        metavar="NAME",
        help=tr("审批链（默认取 reviewer.toml，再默认 three）", "the chain (default: reviewer.toml's, or three)"),
    ),
]


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
    chain: ChainOption = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
    policy: PolicyOption = None,
) -> None:
    founding = _chain(chain, policy) or default_chain()
    exists = key_path(home(), by).exists()
    signer = founding_key(home(), by, lambda: passphrase(by, passphrase_file, new=not exists))
    with create_ledger(ledger_place(ledger)) as kept:
        procedure.found(Pen(ledger=kept, signer=signer, clock=now), unit, founding)
    place = shown(ledger_place(ledger))
    typer.echo(tr(f"台账已建立：{place}，单位：{unit}，管理员：{by}", f"ledger founded: {place}, {unit}, {by}"))
    typer.echo(tr(f"审批链：{founding.name}  {founding.title}", f"chain: {founding.name}  {founding.title}"))
    mark = fingerprint(signer.public_key)
    typer.echo(
        tr(
            f"创始密钥指纹 {mark}：请印在单位内部通知或公文上，日后核验记录用",
            f"fingerprint of the founding key {mark}: print it in a notice, records are verified against it",
        )
    )


@app.command(
    "adopt",
    help=tr(
        "改用审批链（取自 reviewer.toml 或 --chain）；已送审的件仍走原来的链。",
        "another chain from here on (reviewer.toml or --chain); cases under way keep theirs",
    ),
)
def adopt(
    by: ByOption,
    reason: ReasonOption,
    chain: ChainOption = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
    policy: PolicyOption = None,
) -> None:
    adopted = _chain(chain, policy)
    if adopted is None:
        raise UsageError(
            tr(
                "reviewer.toml 没有写审批链（chain），也没有给 --chain；reviewer case flow --list 列出现有的",
                "reviewer.toml names no chain and there is no --chain; reviewer case flow --list lists them",
            )
        )
    with pen(ledger, by, passphrase_file) as held:
        procedure.adopt(held, adopted, reason)
    typer.echo(tr(f"现行审批链：{adopted.name}  {adopted.title}", f"chain in force: {adopted.name}  {adopted.title}"))


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
    reason: ReasonOption,
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
    typer.echo(f"{tr('审批链', 'chain')}\t{roster.chain.name}\t{roster.chain.title}")
    for role in Role:
        for name in roster.holders(role):
            key = roster.key_of(name) or ""
            typer.echo(f"{role.label}\t{name}\t{fingerprint(key)[:16] if key else ''}")


def _chain(name: str | None, policy: Path | None) -> Chain | None:
    """The chain named on the line, or the office's own; None where neither says one."""
    return preset(name) if name else read_office(policy or find_policy(Path.cwd())).chain
