"""Carriers of OFD (GB/T 33190), OpenDocument and EPUB."""

from __future__ import annotations

import builders_odf as odf
import builders_ofd as ofd

from .carrier import Carrier, hidden, seen

PLAIN = ofd.page(ofd.text("关于公示的通知"))


def drawn(*objects: str) -> bytes:
    return ofd.ofd(ofd.Draft(pages=[ofd.page(*objects)]))


def made(**rest: object) -> bytes:
    """A page and something else."""
    return ofd.ofd(ofd.Draft(**({"pages": [PLAIN]} | rest)))


def attached(number: str) -> bytes:
    entry = '<Attachment ID="1" Name="名单" Format="txt"><FileLoc>Attachs/a.txt</FileLoc></Attachment>'
    parts = {
        "Doc_0/Attachments.xml": ofd.xml("Attachments", entry),
        "Doc_0/Attachs/a.txt": f"身份证号{number}".encode(),
    }
    return made(root="<Attachments>Attachments.xml</Attachments>", parts=parts)


def pattern(number: str) -> bytes:
    """A page that is a template."""
    content = ofd.xml("Page", f'<Content><Layer ID="4" Type="Body">{ofd.text(number)}</Layer></Content>')
    common = '<TemplatePage ID="50" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    page = ofd.Page(layers=(("Body", ofd.text("公示", y=60)),), head='<Template TemplateID="50" ZOrder="Background"/>')
    return made(pages=[page], common=common, parts={"Doc_0/Tpls/Tpl_0/Content.xml": content})


def extension(number: str) -> bytes:
    entry = f'<Extension AppName="a" RefId="1"><Property Name="b" Type="c">{number}</Property></Extension>'
    part = {"Doc_0/Extensions.xml": ofd.xml("Extensions", entry)}
    return made(root="<Extensions>Extensions.xml</Extensions>", parts=part)


def writer(body: str, **rest: str) -> bytes:
    return odf.odf(odf.Draft(body=odf.p("关于公示的通知") + body, **rest))


def deck(*slides: str, **rest: str) -> bytes:
    return odf.odf(odf.Draft(body="".join(slides), kind="presentation", **rest))


def change(number: str) -> bytes:
    """Text that a tracked change took out."""
    region = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
        f"<dc:creator>甲</dc:creator></office:change-info>{odf.p(number)}</text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    return odf.odf(odf.Draft(body=region + odf.p('公示<text:change text:change-id="c1"/>')))


def note(number: str) -> str:
    return odf.p(
        '公示<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{odf.p(number)}</text:note-body></text:note>"
    )


VANISH = odf.letters("隐", 'text:display="none"')
COLUMN = '<table:table-column table:visibility="collapse"/>'

CARRIERS: tuple[Carrier, ...] = (
    seen("ofd page.ofd", "p1", lambda n: drawn(ofd.text(f"身份证号{n}"))),
    seen("ofd glyph by glyph.ofd", "p1", lambda n: drawn(*ofd.glyphs(n))),
    seen("ofd template.ofd", "p1", pattern),
    seen(
        "ofd annotation.ofd",
        "p1 签章",
        lambda n: made(pages=[ofd.page(ofd.text("公示"), annotations=ofd.annotation("Stamp", ofd.text(n, y=99)))]),
    ),
    hidden("ofd under a box.ofd", "p1 不可见文字", lambda n: drawn(ofd.text(n), ofd.filled(10, 10, 150, 20))),
    hidden("ofd attachment.ofd", "附件 名单!¶1", attached),
    hidden("ofd unreferenced file.ofd", "a.txt!¶1", lambda n: made(parts={"Doc_0/Res/a.txt": f"身份证号{n}".encode()})),
    hidden("ofd author.ofd", "属性/作者", lambda n: made(info=f"<Author>{n}</Author>")),
    hidden("ofd keyword.ofd", "属性/关键词", lambda n: made(info=f"<Keywords><Keyword>{n}</Keyword></Keywords>")),
    hidden("ofd extension.ofd", "扩展", extension),
    seen("odt paragraph.odt", "¶2", lambda n: writer(odf.p(f"身份证号{n}"))),
    seen("odt spans.odt", "¶2", lambda n: writer(odf.p(odf.span(n[:9], "a") + odf.span(n[9:], "b")))),
    seen("odt table.odt", "表1", lambda n: writer(odf.table(odf.row(odf.cell("证号"), odf.cell(n))))),
    seen("odt footnote.odt", "脚注", lambda n: writer(note(n))),
    seen("odt text box.odt", "文本框", lambda n: writer(odf.frame(f"<draw:text-box>{odf.p(n)}</draw:text-box>"))),
    seen("odt flat.fodt", "¶1", lambda n: odf.flat(odf.Draft(body=odf.p(n)))),
    hidden("odt hidden letters.odt", "隐藏文字", lambda n: writer(odf.p(odf.span(n, "隐")), automatic=VANISH)),
    hidden("odt deleted.odt", "修订删除", change),
    hidden("odt annotation.odt", "批注", lambda n: writer(odf.p(f"<office:annotation>{odf.p(n)}</office:annotation>"))),
    hidden("odt author.odt", "属性/最后修改者", lambda n: writer("", meta=f"<dc:creator>{n}</dc:creator>")),
    hidden("odt other part.odt", "a.txt!¶1", lambda n: writer("", parts={"Extra/a.txt": f"身份证号{n}"})),
    seen("ods cell.ods", "收入!B1", lambda n: odf.odf(odf.sheet(odf.row(odf.cell("证号"), odf.cell(n))))),
    hidden(
        "ods hidden row.ods",
        "收入!A2",
        lambda n: odf.odf(
            odf.sheet(odf.row(odf.cell("证号")), odf.row(odf.cell(n), attributes='table:visibility="collapse"'))
        ),
    ),
    hidden(
        "ods hidden column.ods",
        "收入!A2",
        lambda n: odf.odf(odf.sheet(odf.row(odf.cell("")), odf.row(odf.cell(n)), head=COLUMN)),
    ),
    seen("odp slide.odp", "幻灯片1", lambda n: deck(odf.slide(odf.shape(n, odf.at(1, 1))))),
    hidden(
        "odp notes.odp",
        "备注",
        lambda n: deck(
            odf.slide(odf.shape("公示", odf.at(1, 1)), f"<presentation:notes>{odf.shape(n)}</presentation:notes>")
        ),
    ),
)
