"""Carriers of PDF files."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from builders_pdf import (
    annotate,
    appearance,
    attach,
    both,
    chinese,
    drawn,
    edited,
    noise,
    picture,
    raw_page,
    saved_again,
    text,
)
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from .carrier import Carrier, declared, hidden, seen

COVERED = "p1 遮盖或不可见文字"


def page(number: str) -> bytes:
    return drawn(text("No. " + number))


def changed(change) -> bytes:
    """A page with a change to the file."""
    return edited(drawn(text("page")), change)


def content(stream: str, change=None) -> bytes:
    return raw_page(f"BT /F1 12 Tf 50 350 Td {stream} ET".encode(), change)


def under_a_box(number: str) -> bytes:
    return drawn(both(text(number), lambda canvas: canvas.rect(45, 346, 150, 16, fill=1)))


def half_under_a_box(number: str) -> bytes:
    """The birth date under a box, as one redacts a number; Courier is 7.2 points wide."""
    return drawn(both(text(number, font="Courier"), lambda canvas: canvas.rect(50 + 6 * 7.2, 346, 8 * 7.2, 14, fill=1)))


def white(number: str) -> bytes:
    def draw(canvas) -> None:
        canvas.setFillGray(1)
        text(number)(canvas)

    return drawn(both(text("page", y=200), draw))


def mode_three(number: str) -> bytes:
    return content(f"3 Tr ({number}) Tj 0 Tr 0 -50 Td (page) Tj")


def under_an_annotation(number: str) -> bytes:
    def cover(pdf: pikepdf.Pdf) -> None:
        annotate(pdf, Subtype=Name.Square, AP=appearance(pdf, b"0 g 0 0 255 25 re f", 255, 25))

    return edited(drawn(text(number)), cover)


def behind_a_picture(number: str) -> bytes:
    return drawn(both(text("page", y=200), text(number), picture(Image.new("L", (8, 8)), 45, 346, 150, 16)))


def cropped(number: str) -> bytes:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.CropBox = Array([0, 300, 400, 400])

    return edited(drawn(both(text("page"), text(number, y=200))), crop)


def clipped(number: str) -> bytes:
    return raw_page(
        f"q 300 300 9 9 re W n BT /F1 12 Tf 50 350 Td ({number}) Tj ET Q BT /F1 12 Tf 50 99 Td (page) Tj ET".encode()
    )


def layer(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("L")))
        pdf.pages[0].obj.Resources.Properties = Dictionary(L1=group)
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))

    return raw_page(b"/OC /L1 BDC BT /F1 12 Tf 50 350 Td (" + number.encode() + b") Tj ET EMC", change)


def layer_name(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(number)))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary())

    return changed(change)


def annotation(**entries: object) -> bytes:
    return changed(lambda pdf: annotate(pdf, **entries))


def popup(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        note = annotate(pdf, Subtype=Name.Highlight, QuadPoints=Array([45, 365, 300, 365, 45, 340, 300, 340]))
        note.Popup = annotate(pdf, Subtype=Name.Popup, Parent=note, Contents=String(number), F=2)

    return changed(change)


def stamp(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        drawing = appearance(pdf, b"BT /F1 12 Tf 5 5 Td (" + number.encode() + b") Tj ET", 255, 25)
        annotate(pdf, Subtype=Name.Stamp, Rect=Array([45, 40, 300, 65]), AP=drawing)

    return changed(change)


def field(**entries: object) -> bytes:
    return annotation(Subtype=Name.Widget, FT=Name.Tx, T=String("f"), **entries)


def pinned(number: str) -> bytes:
    """A file that only an annotation knows."""

    def pin(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(f"身份证号{number}".encode(), Type=Name.EmbeddedFile)
        holder = Dictionary(Type=Name.Filespec, UF=String("note.txt"), EF=Dictionary(F=stream))
        annotate(pdf, Subtype=Name.FileAttachment, FS=holder)

    return changed(pin)


def information(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo = pdf.make_indirect(Dictionary(Subject=String("ID " + number)))

    return changed(change)


def metadata(number: str) -> bytes:
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="ID {number}"/></rdf:RDF></x:xmpmeta>'
    )

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return changed(change)


def bookmark(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        entry = pdf.make_indirect(Dictionary(Title=String("1. " + number)))
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=entry, Last=entry))

    return changed(change)


def destination(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        target = Array([pdf.pages[0].obj, Name.Fit])
        names = pdf.make_indirect(Dictionary(Names=Array([String(number), target])))
        pdf.Root.Names = pdf.make_indirect(Dictionary(Dests=names))

    return changed(change)


def page_label(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(number))]))

    return changed(change)


def revision(number: str) -> bytes:
    def replace(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 50 350 Td (page) Tj ET")

    return saved_again(content(f"({number}) Tj"), replace)


def orphan(number: str) -> bytes:
    """An object that nothing refers to."""
    data = raw_page(b"BT /F1 12 Tf 50 350 Td (page) Tj ET")
    cut = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    size = int(data[data.index(b"/Size ") + 6 :].split()[0])
    body = b"%d 0 obj\n<< /Contents (%b) >>\nendobj\n" % (size, number.encode())
    table = data[cut:].replace(b"xref\n0 %d\n" % size, b"xref\n0 %d\n" % (size + 1), 1)
    table = table.replace(b"trailer", b"%010d 00000 n \ntrailer" % cut, 1)
    table = table.replace(b"/Size %d" % size, b"/Size %d" % (size + 1))
    return data[:cut] + body + table[: table.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % (cut + len(body))


def removed_page(number: str) -> bytes:
    """A page that left the tree."""
    whole = drawn(text("stays"), text(number)).replace(b"/Count 2", b"/Count 1")
    kids = whole.index(b"/Kids [ ")
    second, end = whole.index(b" R ", kids) + 3, whole.index(b"]", kids)
    return whole[:second] + b" " * (end - second) + whole[end:]


def script(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"var id = '{number}'"))

    return changed(change)


def dynamic_form(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(f"<xdp><id>{number}</id></xdp>".encode()))

    return changed(change)


def alternative(number: str) -> bytes:
    def tag(pdf: pikepdf.Pdf) -> None:
        figure = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String("ID " + number)))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([figure])))

    return changed(tag)


def unnamed_font(number: str) -> bytes:
    """Glyph names that say nothing: only a person who looks can read it."""

    def change(pdf: pikepdf.Pdf) -> None:
        names = [Name(f"/g{digit}") for digit in range(1, 11)]
        encoding = Dictionary(Type=Name.Encoding, Differences=Array([65, *names]))
        pdf.pages[0].obj.Resources.Font.F1.Encoding = encoding

    letters = "".join("K" if digit == "X" else chr(65 + int(digit)) for digit in number)
    return content(f"({letters}) Tj", change)


def scan(number: str) -> bytes:
    return drawn(picture(noise(seed=int(number[-4:-1])), 0, 0, 400, 400))


def locked(number: str) -> bytes:
    return drawn(text(number), encrypt=StandardEncryption("user", "owner", canPrint=0))


def open_lock(number: str) -> bytes:
    return drawn(text(number), encrypt=StandardEncryption("", "owner", canPrint=0))


def object_streams(number: str) -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(drawn(text(number)))) as pdf:
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def behind_the_end(number: str) -> bytes:
    return drawn(text("page")) + b"PK\3\4" + number.encode() * 60


def undrawn(number: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        form = appearance(pdf, b"BT /F1 12 Tf 5 5 Td (" + number.encode() + b") Tj ET", 255, 25).N
        pdf.pages[0].obj.Resources.XObject = Dictionary(Z=form)

    return changed(change)


def pressed(number: str) -> bytes:
    """A button that shows it while it is pressed."""

    def change(pdf: pikepdf.Pdf) -> None:
        looks = appearance(pdf, b"0 0 9 9 re f", 9, 9)
        looks.D = appearance(pdf, b"BT /F1 12 Tf 5 5 Td (" + number.encode() + b") Tj ET", 255, 25).N
        annotate(pdf, Subtype=Name.Widget, FT=Name.Btn, AP=looks)

    return changed(change)


def between_objects(number: str) -> bytes:
    whole = drawn(text("page"))
    end = whole.rindex(b"startxref")
    return whole[:end] + f"% {number}\n".encode() + whole[end:]


def rename_font(pdf: pikepdf.Pdf, number: str) -> None:
    pdf.pages[0].obj.Resources.Font["/F1"].BaseFont = Name(f"/{number}")


def called_letters(number: str) -> bytes:
    """Digits to the eye, letters to whoever copies them."""

    def change(pdf: pikepdf.Pdf) -> None:
        table = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <30> <39> <0061> endbfrange"
        pdf.pages[0].obj.Resources.Font.F1.ToUnicode = pdf.make_stream(table)

    return content(f"({number}) Tj", change)


def between(number: str) -> str:
    return " ".join(f"({digit})" + str(-1 * n) for n, digit in enumerate(number))


CARRIERS: tuple[Carrier, ...] = (
    seen("pdf body.pdf", "p1 ¶1", page),
    seen("pdf beside Chinese.pdf", "p1", lambda n: drawn(both(chinese("身份证号", y=300), text(n, x=150, y=300)))),
    seen("pdf glyph by glyph.pdf", "p1 ¶1", lambda n: content(f"[{between(n)}] TJ")),
    seen("pdf number in boxes.pdf", "p1 ¶1", lambda n: drawn(both(*(text(c, x=20 + 20 * i) for i, c in enumerate(n))))),
    seen("pdf in hexadecimal.pdf", "p1 ¶1", lambda n: content(f"<{n.encode().hex()}> Tj")),
    seen("pdf object streams.pdf", "p1 ¶1", object_streams),
    seen("pdf owner password.pdf", "p1 ¶1", open_lock),
    seen("pdf over two lines.pdf", "p1 ¶1", lambda n: drawn(text("number " + n[:8], n[8:]))),
    hidden("pdf under a box.pdf", COVERED, under_a_box),
    hidden("pdf half under a box.pdf", COVERED, half_under_a_box),
    hidden("pdf under an annotation.pdf", COVERED, under_an_annotation),
    hidden("pdf behind a picture.pdf", COVERED, behind_a_picture),
    hidden("pdf white.pdf", COVERED, white),
    hidden("pdf render mode 3.pdf", COVERED, mode_three),
    hidden("pdf one point.pdf", COVERED, lambda n: drawn(both(text("page", y=200), text(n, size=1)))),
    hidden("pdf off the page.pdf", COVERED, lambda n: drawn(both(text("page"), text(n, x=-300)))),
    hidden("pdf cropped.pdf", COVERED, cropped),
    hidden("pdf clipped.pdf", COVERED, clipped),
    hidden("pdf hidden layer.pdf", COVERED, layer),
    hidden("pdf name of a layer.pdf", "图层1", layer_name),
    seen("pdf annotation.pdf", "p1 批注1", lambda n: annotation(Subtype=Name.Text, Contents=String(n))),
    hidden("pdf hidden annotation.pdf", "p1 批注1", lambda n: annotation(Subtype=Name.Text, Contents=String(n), F=2)),
    hidden("pdf annotation author.pdf", "p1 批注1 作者", lambda n: annotation(Subtype=Name.Text, T=String(n))),
    hidden("pdf popup.pdf", "p1 批注", popup),
    seen("pdf stamp.pdf", "p1 批注外观", stamp),
    seen("pdf form value.pdf", "表单 f", lambda n: field(V=String(n))),
    hidden("pdf form default.pdf", "表单 f 默认值", lambda n: field(DV=String(n))),
    hidden("pdf form hint.pdf", "表单 f 提示", lambda n: field(TU=String(n))),
    hidden(
        "pdf attachment.pdf",
        "附件 list.csv!",
        lambda n: changed(lambda pdf: attach(pdf, "list.csv", f"姓名,身份证号\n张三,{n}\n李四,无\n".encode())),
    ),
    hidden(
        "pdf attached pdf.pdf", "附件 inner.pdf!p1", lambda n: changed(lambda pdf: attach(pdf, "inner.pdf", page(n)))
    ),
    hidden("pdf name of an attachment.pdf", "附件", lambda n: changed(lambda pdf: attach(pdf, f"{n}.txt", b"text"))),
    hidden("pdf attached to an annotation.pdf", "附件 note.txt!", pinned),
    hidden("pdf information.pdf", "属性 Subject", information),
    hidden("pdf metadata.pdf", "属性 source", metadata),
    seen("pdf bookmark.pdf", "书签1", bookmark),
    hidden("pdf destination.pdf", "其他文字", destination),
    hidden("pdf page label.pdf", "其他文字", page_label),
    hidden("pdf earlier revision.pdf", "早期版本1", revision),
    hidden("pdf forgotten object.pdf", "残留对象", orphan),
    hidden("pdf removed page.pdf", "残留页", removed_page),
    hidden("pdf script.pdf", "脚本1", script),
    hidden(
        "pdf link.pdf",
        "p1 链接1",
        lambda n: annotation(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"http://example.test/?id={n}"))),
    ),
    hidden("pdf alternative text.pdf", "替代文字", alternative),
    hidden("pdf actual text.pdf", "替代文字", lambda n: content(f"/Span <</ActualText ({n})>> BDC (page) Tj EMC")),
    seen(
        "pdf under a harmless actual text.pdf",
        "p1 ¶1",
        lambda n: content(f"/Span <</ActualText (page)>> BDC ({n}) Tj EMC"),
    ),
    hidden("pdf form that nothing draws.pdf", "未显示的图文", undrawn),
    hidden("pdf pressed button.pdf", "未显示的图文", pressed),
    hidden(
        "pdf comment in the content.pdf", "p1 内容注记", lambda n: raw_page(f"% {n}\nBT /F1 9 Tf (page) Tj ET".encode())
    ),
    hidden("pdf marked point.pdf", "p1 内容注记", lambda n: content(f"/X <</Id ({n})>> DP (page) Tj")),
    hidden("pdf between the objects.pdf", "文件注释", between_objects),
    hidden("pdf before the header.pdf", "文件注释", lambda n: f"{n}\n".encode() + drawn(text("page"))),
    hidden(
        "pdf trailer.pdf", "其他文字", lambda n: drawn(text("page")).replace(b"/Size", f"/Own ({n}) /Size".encode())
    ),
    hidden("pdf name of a font.pdf", "其他文字", lambda n: changed(lambda pdf: rename_font(pdf, n))),
    declared("pdf digits called letters.pdf", "缺少文字对照表", called_letters),
    declared("pdf dynamic form.pdf", "XFA", dynamic_form),
    declared("pdf unnamed font.pdf", "缺少文字对照表", unnamed_font),
    declared("pdf scan.pdf", "没有文字层", scan),
    declared("pdf password.pdf", "已加密", locked),
    declared("pdf behind the end.pdf", "文件末尾", behind_the_end),
)
