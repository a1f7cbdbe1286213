"""`reviewer roster`: who may do what in this unit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.options import (
    ByOption,
    LedgerOption,
    NameArgument,
    PassphraseOption,
    PolicyOption,
    ReasonOption,
    UntilOption,
)
from reviewer.cli.signing import ledger_place, now, opened, passphrase, pen, today
from reviewer.errors import UsageError
from reviewer.home import home
from reviewer.language import tr
from reviewer.policy import find_policy
from reviewer.signoff import procedure
from reviewer.signoff.act import Enrol
from reviewer.signoff.chain import Chain
from reviewer.signoff.deputy import mandate_told
from reviewer.signoff.keyfile import founding_key, key_path, read_key
from reviewer.signoff.keys import fingerprint, parse_public_key
from reviewer.signoff.ledger import create_ledger
from reviewer.signoff.mandate import covers
from reviewer.signoff.office import read_office
from reviewer.signoff.presets import default_chain, preset
from reviewer.signoff.procedure import Pen
from reviewer.signoff.roster import Enrolment
from reviewer.signoff.storage.address import shown
from reviewer.signoff.vocabulary import Role

app = typer.Typer(name="roster", help=tr("名册：谁可以做什么", "the roster: who may do what"), no_args_is_help=True)

DeputyOption = Annotated[
    str, typer.Option("--deputy-for", metavar="NAME", help=tr("代理谁（须有 --mandate、--until）", "deputy of whom"))
]
EndedDelegationOption = Annotated[
    str, typer.Option("--deputy-for", metavar="NAME", help=tr("只终止对这个人的代理", "end that delegation, no more"))
]
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
    unit: Annotated[
        str, typer.Option("--unit", help=tr("所在单位、科室，如 民政局/社会救助科", "office, section"))
    ] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="YYYY-MM-DD", help=tr("任期起（默认即日）", "first day (default: today)"))
    ] = "",
    until: UntilOption = "",
    deputy_for: DeputyOption = "",
    mandate: Annotated[str, typer.Option("--mandate", help=tr("代理的授权文号", "the writing that delegates"))] = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    key = parse_public_key(public_key) if public_key else read_key(home(), name).public_key
    act = Enrol(
        name=name, role=role, public_key=key, exception=exception, unit=unit, begins=since, ends=until,
        deputy_for=deputy_for, mandate=mandate,
    )  # fmt: skip
    with pen(ledger, by, passphrase_file) as held:
        procedure.enrolled(held, act)
    typer.echo(tr(f"已登记：{name} {role.label}", f"enrolled: {name}, {role.label}"))


@app.command(
    "revoke",
    help=tr(
        "撤销一个人的全部角色及由其授权的代理；以前签的仍然有效。",
        "take all roles from a person, and their deputies'; what was signed before stands",
    ),
)
def revoke(
    name: NameArgument,
    by: ByOption,
    reason: ReasonOption,
    deputy_for: EndedDelegationOption = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        procedure.revoke(held, name, reason, deputy_for)
    ended = tr(f"（只终止代理{deputy_for}）", f" (only as deputy of {deputy_for})") if deputy_for else ""
    typer.echo(tr(f"已撤销：{name}", f"revoked: {name}") + ended)


@app.command("list", help=tr("列出名册。", "list the roster"))
def list_roster(ledger: LedgerOption = None) -> None:
    with opened(ledger) as kept:
        roster = procedure.roster_of(kept)
    typer.echo(roster.unit)
    typer.echo(f"{tr('审批链', 'chain')}\t{roster.chain.name}\t{roster.chain.title}")
    for role in Role:
        for one in roster.enrolments:
            if one.role is role and one.until is None:
                told = "\t".join(part for part in (one.unit, _lasting(one)) if part)
                typer.echo(f"{role.label}\t{one.name}\t{one.keyid[:16]}" + (f"\t{told}" if told else ""))


def _lasting(one: Enrolment) -> str:
    """For how long, whose, and that it is not now: whoever looks wants to know who may sign today."""
    term = f"{one.begins}–{one.ends}" if one.begins or one.ends else ""
    told = mandate_told(one) if one.deputy_for else term
    if covers(one, today()):
        return told
    ended = bool(one.ends) and one.ends < today()
    return told + (tr("（已期满）", " (over)") if ended else tr("（未到任）", " (not yet)"))


def _chain(name: str | None, policy: Path | None) -> Chain | None:
    """The chain named on the line, or the office's own; None where neither says one."""
    return preset(name) if name else read_office(policy or find_policy(Path.cwd())).chain
