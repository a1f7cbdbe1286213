"""`reviewer case submit`: a package is screened, frozen by its bytes and handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.case_page import asked
from reviewer.cli.options import (
    ByOption,
    FilesArgument,
    LedgerOption,
    PassphraseOption,
    PolicyOption,
    ScenarioOption,
    SectionOption,
    TodayOption,
)
from reviewer.cli.resting import proposing, resting_on
from reviewer.cli.ruling import settlements
from reviewer.cli.setting import settings
from reviewer.cli.signing import pen, roster_now
from reviewer.language import tr
from reviewer.screen import screener_for
from reviewer.screen.one import Task
from reviewer.screen.package import review_package
from reviewer.signoff import procedure
from reviewer.signoff.act import About
from reviewer.signoff.catalogue import Catalogue
from reviewer.signoff.consistency import AGREES_ON_REQUEST, check_words
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.office import read_office
from reviewer.signoff.partial import check_part_of
from reviewer.signoff.pending import next_step
from reviewer.signoff.screening import summary
from reviewer.signoff.vocabulary import Attribute, Channel, Origin
from reviewer.terms import Review as Reviewed


def submit(
    files: FilesArgument,
    by: ByOption,
    channel: Annotated[Channel, typer.Option("--channel", help=tr("发布渠道", "where it will appear"))],
    title: Annotated[str | None, typer.Option("--title", help=tr("信息名称（默认取首个文件名）", "title"))] = None,
    document_number: Annotated[str, typer.Option("--number", help=tr("文号", "document number"))] = "",
    section: SectionOption = "",
    drafter: Annotated[str, typer.Option("--drafter", help=tr("承办人", "drafter"))] = "",
    summary_text: Annotated[str, typer.Option("--summary", help=tr("内容要点", "gist"))] = "",
    attribute: Annotated[
        Attribute, typer.Option("--attribute", help=tr("公开属性", "attribute"))
    ] = Attribute.PROACTIVE,
    origin: Annotated[Origin, typer.Option("--origin", help=tr("信息来源", "origin"))] = Origin.OWN,
    important: Annotated[
        bool, typer.Option("--important", help=tr("重要、敏感信息（审批链可能多经一级）", "important or sensitive"))
    ] = False,
    urgent: Annotated[
        bool, typer.Option("--urgent", help=tr("急件：时限缩短，环节不减", "urgent: less time, no hop fewer"))
    ] = False,
    formed: Annotated[
        str,
        typer.Option("--formed", metavar="DATE", help=tr("信息形成日期", "when it was formed")),
    ] = "",
    requested: Annotated[
        str, typer.Option("--requested", metavar="DATE", help=tr("收到申请的日期", "when the request arrived"))
    ] = "",
    planned: Annotated[
        str, typer.Option("--planned", metavar="DATE", help=tr("拟公开时间", "the day it is to appear"))
    ] = "",
    request: Annotated[
        str, typer.Option("--request", metavar="NUMBER", help=tr("所答复的申请（request list）", "the request"))
    ] = "",
    corrects: Annotated[
        str, typer.Option("--corrects", metavar="CASE", help=tr("本件更正哪一件", "which case this one replaces"))
    ] = "",
    part_of: Annotated[
        str, typer.Option("--part-of", metavar="CASE", help=tr("本件是哪一件的区分处理副本", "a redacted copy of it"))
    ] = "",
    index: Annotated[str, typer.Option("--index", help=tr("索引号", "index in the catalogue"))] = "",
    information_class: Annotated[str, typer.Option("--class", help=tr("信息分类", "class of information"))] = "",
    content_class: Annotated[str, typer.Option("--content", help=tr("内容分类", "class of content"))] = "",
    organ: Annotated[str, typer.Option("--organ", help=tr("发布机构", "issuing organ"))] = "",
    issued: Annotated[str, typer.Option("--issued", metavar="DATE", help=tr("发文日期", "day of issue"))] = "",
    effective: Annotated[str, typer.Option("--effective", metavar="DATE", help=tr("生效日期", "day of effect"))] = "",
    abolished: Annotated[str, typer.Option("--abolished", metavar="DATE", help=tr("废止日期", "end of validity"))] = "",
    keyword: Annotated[list[str] | None, typer.Option("--keyword", help=tr("主题词（可多次）", "keywords"))] = None,
    publicity: Annotated[
        int, typer.Option("--publicity", metavar="DAYS", min=0, help=tr("公示期天数（自然日）", "days of publicity"))
    ] = 0,
    settle: Annotated[
        list[str] | None,
        typer.Option(
            "--settle",
            metavar="N=RULING:REASON",
            help=tr("对发现项提出处置意见，由审批人定", "propose rulings on findings; whoever signs decides"),
        ),
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help=tr("退回后重新送审的编号", "a returned case"))] = None,
    succeeds: Annotated[
        str | None,
        typer.Option(
            "--succeeds",
            metavar="CASE",
            help=tr("在哪件已批准的基础上改（只看改动）", "the approved case this is a new version of: only changes"),
        ),
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
    scenario: ScenarioOption = None,
    policy: PolicyOption = None,
    today: TodayOption = None,
) -> None:
    check_words(attribute, channel)
    manifest = read_manifest(files)
    reviews = reviewed(files, channel, policy, today, scenario)
    screening = summary(reviews)
    about = About(
        title=title or files[0].stem,
        document_number=document_number,
        section=section,
        drafter=drafter,
        summary=summary_text,
        attribute=attribute,
        origin=origin,
        important=important,
        urgent=urgent,
        formed=formed,
        requested=requested,
        publicity_days=publicity,
        planned=planned,
        request=request,
        corrects=corrects,
        part_of=part_of,
        catalogue=_catalogued(
            Catalogue(
                index=index, information_class=information_class, content_class=content_class, organ=organ,
                issued=issued, formed=formed, effective=effective, abolished=abolished, keywords=tuple(keyword or ()),
            )
        ),
    )  # fmt: skip
    proposed = settlements([one.fingerprint for _, one in screening.asking()], settle or ())
    office = read_office(settings(policy, today).policy)
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case) if case else None
        if seen is None:
            procedure.check_in_force(held.ledger, office.chain)
        if about.corrects:
            procedure.open_case(held.ledger, about.corrects)
        if about.part_of:
            check_part_of(held.ledger, about.part_of, manifest)
        if about.request:
            started = procedure.open_request(held.ledger, about.request).starts
            about = replace(about, requested=about.requested or started)
        approved = procedure.open_case(held.ledger, succeeds) if succeeds else None
        screening, carried = resting_on(approved, reviews)
        number = procedure.submit(
            held, manifest, screening, channel, about, seen, proposing(approved, carried, proposed), carried
        )
        made = procedure.open_case(held.ledger, number)
        following = next_step(made, roster_now(held.ledger))
    for line in (*asked(made), following):
        typer.echo(line, err=True)  # the number alone goes to standard output, for a script
    typer.echo(number)


def reviewed(
    files: Sequence[Path], channel: Channel, policy: Path | None, today: str | None, scenario: str | None
) -> tuple[Reviewed, ...]:
    """What the rules of the day say of the package."""
    screener = screener_for(settings(policy, today, scenario))
    if channel is Channel.ON_REQUEST:
        screener = screener.leaving_out(AGREES_ON_REQUEST, channel.label)
    return review_package(screener, [Task(path=path, shown_as=str(path)) for path in files])


def _catalogued(item: Catalogue) -> Catalogue | None:
    """The day of making alone is the register's, and makes no item of the catalogue."""
    return None if item == Catalogue(formed=item.formed) else item
