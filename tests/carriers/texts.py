"""Carriers of plain text in every encoding, of tables in text, and of files under a wrong name."""

from __future__ import annotations

import codecs

from builders_ooxml import docx, pack, paragraph, run, xlsx

from .carrier import Carrier, declared, hidden, seen
from .sheets import Sheet, at_b4

NOTICE = "关于公布救助对象名单的通知\n经审核，现将名单公布如下，如有异议请于公示期内反映。\n"
TRADITIONAL = "關於公布救助對象名單的通知\n經審核，現將名單公布如下，如有異議請於公示期內反映。\n"


def text(number: str, before: str = NOTICE) -> str:
    return f"{before}张三，身份证号{number}。\n".replace("张三", "張三" if before is TRADITIONAL else "张三").replace(
        "证号", "證號" if before is TRADITIONAL else "证号"
    )


def chinese(number: str) -> str:
    """The number in Chinese numerals; it must not end in X."""
    return number.translate(dict(zip(map(ord, "0123456789"), "〇一二三四五六七八九", strict=True)))


CARRIERS: tuple[Carrier, ...] = (
    seen("text utf-8.txt", "¶3", lambda n: text(n).encode()),
    seen("text with a mark.txt", "¶3", lambda n: codecs.BOM_UTF8 + text(n).encode()),
    seen("text gb18030.txt", "¶3", lambda n: text(n).encode("gb18030")),
    seen("text utf-16.txt", "¶3", lambda n: text(n).encode("utf-16")),
    seen("text utf-16 big-endian.txt", "¶3", lambda n: codecs.BOM_UTF16_BE + text(n).encode("utf-16-be")),
    seen("text utf-16 without mark.txt", "¶3", lambda n: text(n).encode("utf-16-le")),
    seen("text utf-32.txt", "¶3", lambda n: text(n).encode("utf-32")),
    seen("text big5.txt", "¶3", lambda n: text(n, TRADITIONAL).encode("big5")),
    seen("text hz.txt", "¶3", lambda n: text(n).encode("hz")),
    seen("text windows lines.txt", "¶3", lambda n: text(n).replace("\n", "\r\n").encode()),
    seen("text old mac lines.txt", "¶3", lambda n: text(n).replace("\n", "\r").encode()),
    seen("text wrapped.txt", "¶3", lambda n: text(f"{n[:8]}\n{n[8:]}").encode()),
    seen("text spaced.txt", "¶3", lambda n: text(f"{n[:6]} {n[6:14]} {n[14:]}").encode()),
    seen("text hyphened.txt", "¶3", lambda n: text(f"{n[:6]}-{n[6:14]}-{n[14:]}").encode()),
    seen("text full width.txt", "¶3", lambda n: text(n.translate({ord(d): ord(d) + 0xFEE0 for d in n})).encode()),
    seen("text zero width.txt", "¶3", lambda n: text("\u200b".join(n)).encode()),
    seen("text bidirectional.txt", "¶3", lambda n: text(f"\u202d{n[:5]}\u2060{n[5:]}\u202c").encode()),
    hidden("text turned around.txt", "显示的顺序", lambda n: text(f"\u202e{n[::-1]}\u202c").encode()),
    seen("text with a NUL.txt", "¶3", lambda n: text(n).replace("公布如下", "公布\0如下").encode()),
    seen("text form feed.txt", "¶2", lambda n: text(n).replace("\n张三", "\f张三").encode()),
    seen("text ends without a line.txt", "¶3", lambda n: text(n).rstrip("\n").encode()),
    seen("markdown.md", "¶3", lambda n: f"# 公示\n\n- 张三 **{n}**\n".encode()),
    seen("markdown link.md", "¶3", lambda n: f"# 公示\n\n[查询](https://example.test/?id={n})\n".encode()),
    seen("markdown comment.md", "¶3", lambda n: f"# 公示\n\n<!-- {n} -->\n".encode()),
    seen("table.csv", "2", lambda n: f"姓名,身份证号\n张三,{n}\n李四,无\n".encode()),
    seen("table quoted.csv", "2", lambda n: f'"姓名","身份证号"\n"张三","{n}"\n"李四","无"\n'.encode()),
    seen("table as formula.csv", "2", lambda n: f'姓名,身份证号\n张三,"=""{n}"""\n李四,无\n'.encode()),
    seen("table apostrophe.csv", "2", lambda n: f"姓名,身份证号\n张三,'{n}\n李四,无\n".encode()),
    seen("table with lines in cells.csv", "2", lambda n: f'姓名,备注\n张三,"证号\n{n}"\n李四,无\n'.encode()),
    seen("table semicolon.csv", "2", lambda n: f"姓名;身份证号\n张三;{n}\n李四;无\n".encode()),
    seen("table gb18030.csv", "2", lambda n: f"姓名,身份证号\n张三,{n}\n李四,无\n".encode("gb18030")),
    seen("table.tsv", "2", lambda n: f"姓名\t身份证号\n张三\t{n}\n李四\t无\n".encode()),
    seen("table called txt.txt", "2", lambda n: f"姓名,身份证号\n张三,{n}\n李四,无\n王五,无\n".encode()),
    seen("docx called doc.doc", "¶1", lambda n: docx(paragraph(run(n)))),
    seen("docx called pdf.pdf", "¶1", lambda n: docx(paragraph(run(n)))),
    seen("xlsx called docx.docx", "名单!B4", lambda n: xlsx(Sheet(rows=at_b4(n)))),
    seen("text called docx.docx", "¶3", lambda n: text(n).encode()),
    seen("text without a name", "¶3", lambda n: text(n).encode()),
    seen("zip called doc.doc", "a.txt", lambda n: pack({"a.txt": text(n)})),
    declared("damaged.docx", "损坏", lambda n: docx(paragraph(run(n)))[:-60]),
    declared("noise.bin", "", lambda n: bytes(range(256)) * 9 + n.encode()),
)
