"""`reviewer case flow`: the approval chain as a flow chart, at the terminal or as SVG."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.columns import columns
from reviewer.cli.destination import destination
from reviewer.cli.options import LedgerOption, OutputOption, PolicyOption
from reviewer.cli.signing import opened
from reviewer.language import tr
from reviewer.policy import find_policy
from reviewer.signoff import procedure
from reviewer.signoff.chain import Chain
from reviewer.signoff.flow import Station, back, condition, fixed_rules, limits, mergers, stations
from reviewer.signoff.flow_svg import flow_svg
from reviewer.signoff.office import read_office
from reviewer.signoff.presets import default_chain, names, preset

_BOX = 22  # columns within a box; a Chinese character takes two


class Drawing(StrEnum):
    TERMINAL = "terminal"
    SVG = "svg"


def flow(
    chain: Annotated[
        str | None,
        typer.Option("--chain", metavar="NAME", help=tr("随程序发布的一条", "a shipped one")),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help=tr("列出随程序发布的", "list the shipped ones"))] = False,
    form: Annotated[
        Drawing, typer.Option("--format", help=tr("画在终端，或输出 SVG", "at the terminal, or as SVG"))
    ] = Drawing.TERMINAL,
    output: OutputOption = None,
    ledger: LedgerOption = None,
    policy: PolicyOption = None,
) -> None:
    if listing:
        for name in names():
            typer.echo(f"{name:<16}{preset(name).title}")
        return
    drawn, unit = _chosen(chain, ledger, policy)
    with destination(output) as out:
        out.write(flow_svg(drawn, unit) if form is Drawing.SVG else "\n".join(drawing(drawn, unit)) + "\n")


def _chosen(name: str | None, ledger: str | None, policy: Path | None) -> tuple[Chain, str]:
    """The chain named; or the one in force in the ledger; or the policy's; or the default. And whose it is."""
    if name is not None:
        return preset(name), ""
    if policy is None and (ledger or os.environ.get("REVIEWER_LEDGER")):
        with opened(ledger) as kept:
            roster = procedure.roster_of(kept)
        return roster.chain, roster.unit
    return read_office(policy or find_policy(Path.cwd())).chain or default_chain(), ""


def drawing(chain: Chain, unit: str = "") -> Iterator[str]:
    """The chart line by line, for a font in which a Chinese character is two columns wide."""
    yield f"{unit}{tr('保密审查流程图', 'review flow chart')}  {chain.label}（{chain.name}）"
    yield ""
    known = stations(chain)
    for at, station in enumerate(known):
        yield from _box(station)
        if at < len(known) - 1:
            yield " " * (_BOX // 2 + 3) + "▼"
    yield ""
    yield from (limits(chain), back(chain), *mergers(chain))
    yield tr("不因配置改变：", "in every chain:")
    yield from (f"  · {rule}" for rule in fixed_rules())


def _box(station: Station) -> Iterator[str]:
    """Dashed where the station is passed only in some situations; what is done there stands beside it."""
    beside = [*station.does, *condition(station)]
    across, down = ("┄", "┊") if station.when else ("─", "│")
    height = max(1, len(beside) - 2)
    body = [""] * height
    body[(height - 1) // 2] = station.label
    rows = [f"  ┌{across * _BOX}┐", *(f"  {down}{_centred(text)}{down}" for text in body), f"  └{across * _BOX}┘"]
    first = (len(rows) - len(beside)) // 2 if len(beside) < len(rows) else 0
    for at, row in enumerate(rows):
        note = beside[at - first] if 0 <= at - first < len(beside) else ""
        yield f"{row}  {note}".rstrip()


def _centred(text: str) -> str:
    room = max(0, _BOX - columns(text))
    return " " * (room // 2) + text + " " * (room - room // 2)
