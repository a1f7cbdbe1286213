"""Carriers of old Office files (.doc, .ppt) and of Outlook's messages; none where their builders are not there yet."""

from __future__ import annotations

from importlib.util import find_spec

from builders_ooxml import docx_parts, pack, paragraph, run

from .carrier import Carrier, hidden, seen


def _documents() -> tuple[Carrier, ...]:
    from builders_doc import Stories, doc, para, row

    plain = para("关于公示的通知")

    def beside(**stories: object) -> bytes:
        return doc(plain, stories=Stories(**stories))

    return (
        seen("doc body.doc", "¶2", lambda n: doc(plain, para(f"身份证号{n}"))),
        seen("doc fast saved.doc", "¶2", lambda n: doc(plain, para(n), fast_saved=True)),
        seen("doc table.doc", "表1", lambda n: doc(plain, *row("证号", n), plain)),
        seen("doc called wps.wps", "¶2", lambda n: doc(plain, para(n))),
        hidden("doc comment.doc", "批注", lambda n: beside(comments=((para(n),),))),
        hidden("doc hidden letters.doc", "隐藏文字", lambda n: doc(plain, para(n, VANISH))),
        hidden("doc deleted.doc", "修订删除", lambda n: doc(plain, para(n, DELETED))),
        hidden("doc left over.doc", "残留文字", lambda n: doc(plain, leftover=f"身份证号{n}。".encode("utf-16-le"))),
        hidden(
            "doc other stream.doc",
            "残留文字 Odd",
            lambda n: doc(plain, streams={"Odd": f"身份证号{n}。".encode("utf-16-le")}),
        ),
    )


VANISH = b"\x3c\x08\x01"  # sprmCFVanish, [MS-DOC] 2.6.1
DELETED = b"\x00\x08\x01"  # sprmCFRMarkDel


def _presentations() -> tuple[Carrier, ...]:
    from builders_ppt import Slide, chars, comment, ppt, shape

    plain = Slide(shapes=(shape(chars("公示")),))
    return (
        seen("ppt slide.ppt", "幻灯片1", lambda n: ppt(Slide(shapes=(shape(chars(n)),)))),
        hidden("ppt hidden slide.ppt", "幻灯片1", lambda n: ppt(Slide(shapes=(shape(chars(n)),), hidden=True))),
        hidden("ppt notes.ppt", "备注", lambda n: ppt(Slide(shapes=plain.shapes, notes=(shape(chars(n)),)))),
        hidden("ppt comment.ppt", "批注", lambda n: ppt(Slide(shapes=plain.shapes, more=(comment("甲", n),)))),
        hidden("ppt former edit.ppt", "残留文字", lambda n: ppt(plain, former=(Slide(shapes=(shape(chars(n)),)),))),
    )


def _macros() -> tuple[Carrier, ...]:
    from builders_cfb import compound
    from builders_vba import project

    def macro(number: str) -> bytes:
        code = compound(project(Module1=f"Sub a()\r\n' 身份证号{number}\r\nEnd Sub\r\n"))
        return pack(docx_parts(paragraph(run("公示"))) | {"word/vbaProject.bin": code})

    return (hidden("docx macro.docm", "宏", macro),)


def _messages() -> tuple[Carrier, ...]:
    from builders_outlook import msg

    kind = {0x001A: "IPM.Note"}
    return (
        seen("msg body.msg", "正文", lambda n: msg(kind | {0x0037: "名单", 0x1000: f"身份证号{n}"})),
        seen("msg subject.msg", "主题", lambda n: msg(kind | {0x0037: f"张三证号{n}", 0x1000: "公示"})),
        hidden("msg other property.msg", "属性", lambda n: msg(kind | {0x1000: "公示", 0x8001: n})),
    )


_BUILT_WITH = {
    "builders_doc": _documents,
    "builders_ppt": _presentations,
    "builders_vba": _macros,
    "builders_outlook": _messages,
}
CARRIERS: tuple[Carrier, ...] = tuple(
    carrier for builder, make in _BUILT_WITH.items() if find_spec(builder) for carrier in make()
)
