"""JSON, XML and SVG through the front door: every value at its path, records as tables, nothing resolved or fetched."""

from __future__ import annotations

import base64
import json
import random

import pytest
from builders_data import body, drawing, package, sheet, word, workbook
from builders_ooxml import docx, paragraph, png, run
from hypothesis import given
from hypothesis import strategies as st

from reviewer.extract import READERS, Source, extract
from reviewer.extract.data.json_text import read as read_json
from reviewer.extract.data.xml_text import read as read_xml
from reviewer.terms import Document, Part

MARK = "青石标记七三九一"


def reading(data: str | bytes, name: str) -> Document:
    return extract(Source(path=name, name=name, data=data.encode() if isinstance(data, str) else data))


def marks(data: str | bytes, name: str) -> list[tuple[str, Part, bool]]:
    return [(s.place, s.part, s.hidden) for s in reading(data, name).segments if MARK in s.text]


def cells(document: Document) -> list[tuple[int, int, str]]:
    return [(s.cell.row, s.cell.column, s.text) for s in document.segments if s.cell is not None]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ({"a": [{"b": MARK}]}, "$.a[0].b"),
        ({MARK: 1}, f"$.{MARK}"),
        ([[["", MARK]]], "$[0][0][1]"),
        (MARK.join(('{"x": "', '"}')), "$.x"),
        (f'{{"a": 1, "a": "{MARK}",}} // 注', "$.a"),
        (f"{{'a': '{MARK}'}}", "$.a"),
        ({"inner": json.dumps({"a": MARK})}, "$.inner!$.a"),
        ({"page": f"<p>一</p><p>{MARK}</p>"}, "$.page!¶2"),
        ({"data": base64.b64encode((MARK * 3).encode()).decode()}, "$.data!¶1"),
        ({"file": base64.b64encode(docx(paragraph(run(MARK)))).decode()}, "$.file!¶1"),
        ({"u": f"data:text/plain;base64,{base64.b64encode(MARK.encode()).decode()}"}, "$.u!¶1"),
    ],
)
def test_json_values_are_at_their_paths(text: object, place: str) -> None:
    source = text if isinstance(text, str) else json.dumps(text)
    assert [found[0] for found in marks(source, "数据.json")] == [place]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[{"姓名": "张三", "电话": 1390}, {"姓名": "李四", "电话": 1391, "备注": null}]', "a.json"),
        ('{"姓名": "张三", "电话": 1390}\n{"姓名": "李四", "电话": 1391}\n', "a.jsonl"),
        ('{"姓名": ["张三", "李四"], "电话": ["1390", "1391"]}', "a.json"),
        ('{"姓名": {"0": "张三", "1": "李四"}, "电话": {"0": "1390", "1": "1391"}}', "a.json"),
        ('[["姓名", "电话"], ["张三", "1390"], ["李四", "1391"]]', "a.json"),
        ("<r><p><姓名>张三</姓名><电话>1390</电话></p><p><姓名>李四</姓名><电话>1391</电话></p></r>", "a.xml"),
        ('<r><p 姓名="张三" 电话="1390"/><p 姓名="李四" 电话="1391"/></r>', "a.xml"),
    ],
)
def test_records_are_a_table(text: str, name: str) -> None:
    found = [cell for cell in cells(reading(text, name)) if cell[1] < 2]
    rows = [(0, 0, "姓名"), (0, 1, "电话"), (1, 0, "张三"), (1, 1, "1390"), (2, 0, "李四"), (2, 1, "1391")]
    assert found == rows


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ('{"a": "一"\n"b": "二"}', "a.json", "第2行"),
        ('{"a": "一", "b": "二', "a.json", "第1行"),
        ("[" * 5000, "a.json", "第1行"),
        ("<?xml version='1.0'?>\n<a>一\n<b></a>", "a.xml", "第3行"),
        ("<a>" * 3000, "a.xml", "第1行"),
    ],
)
def test_what_is_broken_is_read_as_text_and_said(text: str, name: str, line: str) -> None:
    document = reading(text, name)
    assert [gap.place for gap in document.gaps] == [line]
    assert document.text.startswith(text)


def test_lines_of_values_are_those_of_the_file() -> None:
    found = {s.text: s.line for s in reading('{\n"a":\n\n"甲",\n"b": ["乙",\n"丙"]}', "a.json").segments}
    assert (found["甲"], found["乙"], found["丙"]) == (4, 5, 6)


@pytest.mark.parametrize(
    ("inner", "place", "part", "hidden"),
    [
        (f"<a>{MARK}</a>", "/根/a", Part.BODY, False),
        (f"<a><![CDATA[{MARK}]]></a>", "/根/a", Part.BODY, False),
        (f'<a b="{MARK}"/>', "/根/a/@b", Part.BODY, False),
        (f"<!-- {MARK} -->", "注释（第1行）", Part.ATTRIBUTE, True),
        (f"<?note {MARK}?>", "处理指令 note（第1行）", Part.ATTRIBUTE, True),
        (f"<a>一<b>{MARK}</b>二</a>", "/根/a", Part.BODY, False),
        (f"<a>&lt;p&gt;{MARK}&lt;/p&gt;</a>", "/根/a!¶1", Part.EMBEDDED, False),
        (f"<a>x</a><a>{MARK}</a>", "/根/a[2]", Part.BODY, False),
    ],
)
def test_every_text_in_xml(inner: str, place: str, part: Part, hidden: bool) -> None:
    assert marks(f"<?xml version='1.0'?><根>{inner}</根>", "a.xml") == [(place, part, hidden)]


@pytest.mark.parametrize("encoding", ["gb2312", "gb18030", "utf-8", "utf-16", "big5"])
def test_declared_encodings(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><根><a>保密工作資料</a></根>'
    data = text.encode("gb18030" if encoding == "gb2312" else encoding)
    assert "保密工作資料" in reading(data, "a.xml").text


def test_entities_are_never_resolved() -> None:
    document = reading(
        f'<!DOCTYPE a [<!ENTITY x "{MARK}"><!ENTITY y SYSTEM "file:///etc/passwd">]><a>&x;&y;</a>', "a.xml"
    )
    assert [s.place for s in document.segments if MARK in s.text] == ["DOCTYPE 实体 x"]
    assert [gap.place for gap in document.gaps] == ["&x;、&y;"]


@pytest.mark.parametrize(
    ("inner", "place", "hidden"),
    [
        (sheet('<Row ss:Index="4"><Cell ss:Index="2"><Data>{}</Data></Cell></Row>'), "收入!B4", False),
        (sheet('<Column ss:Hidden="1"/><Row><Cell><Data>{}</Data></Cell></Row>'), "收入!A1", True),
        (sheet('<Row ss:Hidden="1"><Cell><Data>{}</Data></Cell></Row>'), "收入!A1", True),
        (sheet("<Row><Cell><Comment><Data>{}</Data></Comment></Cell></Row>"), "收入!A1 批注", True),
        (sheet("", "{}", "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"), f"{MARK} 表名", True),
        ("<DocumentProperties><Author>{}</Author></DocumentProperties>", "属性/Author", True),
    ],
)
def test_excel_xml(inner: str, place: str, hidden: bool) -> None:
    assert [(p, h) for p, _, h in marks(workbook(inner.format(MARK)), "表.xls")] == [(place, hidden)]


@pytest.mark.parametrize(
    ("inner", "place"),
    [
        (body("{}"), "XML!¶1"),
        (body("{}", "<w:vanish/>"), "XML!¶1 隐藏文字"),
        (f"<w:body><w:tbl><w:tr><w:tc>{body('{}')}</w:tc></w:tr></w:tbl></w:body>", "XML!表1 第1行第1列"),
        ("<o:DocumentProperties><o:Author>{}</o:Author></o:DocumentProperties>", "/DocumentProperties/Author"),
    ],
)
def test_word_xml(inner: str, place: str) -> None:
    assert [found[0] for found in marks(word(inner.format(MARK)), "稿.doc")] == [place]


def test_office_xml_of_one_piece() -> None:
    assert [found[0] for found in marks(package(MARK), "稿.xml")] == ["XML!¶1"]


@pytest.mark.parametrize(
    ("inner", "place", "hidden"),
    [
        ("<text>{}</text>", "文字1", False),
        ("<text><tspan>青石</tspan><tspan>标记七三九一</tspan></text>", "文字1", False),
        ('<text display="none">{}</text>', "文字1", True),
        ('<g style="opacity:0"><text>{}</text></g>', "文字1", True),
        ('<text fill="none">{}</text>', "文字1", True),
        ("<style>.h, .k {{visibility: hidden}}</style><text class='h'>{}</text>", "文字1", True),
        ("<defs><text>{}</text></defs>", "文字1", True),
        ("<title>{}</title>", "标题1", True),
        ("<metadata><a>{}</a></metadata>", "元数据1", True),
        ("<script>var a = '{}'</script>", "脚本1", True),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">{}</p></foreignObject>', "嵌入网页1!¶1", False),
        ('<g data-name="{}"/>', "g1/@data-name", True),
        ("<!-- {} -->", "注释（第1行）", True),
    ],
)
def test_drawings(inner: str, place: str, hidden: bool) -> None:
    assert [(p, h) for p, _, h in marks(drawing(inner.format(MARK)), "图.svg")] == [(place, hidden)]


def test_pictures_in_drawings_and_drawings_of_curves_are_told() -> None:
    address = "data:image/png;base64," + base64.b64encode(png(200, 100)).decode()
    enclosed = reading(drawing(f'<text>图</text><image xlink:href="{address}"/>'), "图.svg")
    assert any(one.place.startswith("图像1!") for one in (*enclosed.gaps, *enclosed.segments))
    assert [gap.place for gap in reading(drawing('<path d="M0 0"/>'), "图.svg").gaps] == ["全图"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ('{"a": "<p>一</p><table><tr><td></td></tr></table>"}', "a", "application/json"),
        ('{"a": "一"}\n{"a": "二"}', "a", "application/json"),
        ('{"a": "一"}\n{"a": "二"}', "a.log", "text/plain"),
        ("// 注\n{}", "a.json", "application/json"),
        ("[2023] 5 号", "a.txt", "text/plain"),
        ("{模板}", "a.txt", "text/plain"),
        ("<rss><a>一</a></rss>", "feed", "application/xml"),
        ("<说明> 一", "a.txt", "text/plain"),
        ("key: 一\nlist:\n  - 二\n", "a.yaml", "text/plain"),
        ("[节]\nkey=一\n", "a.ini", "text/plain"),
        ("INSERT INTO t VALUES (1,'一');\n", "a.sql", "text/plain"),
        ("1\n00:00:01,000 --> 00:00:02,000\n一\n", "a.srt", "text/plain"),
        ("\\section{一}\n", "a.tex", "text/plain"),
    ],
)
def test_odd_texts_are_sent_to_somebody_who_reads_them(text: str, name: str, kind: str) -> None:
    assert reading(text, name).media_type == kind
    assert kind in READERS


_VALUES = st.recursive(
    st.text(alphabet='公开身份 a1"\\/\n<&', min_size=1, max_size=12) | st.integers() | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("键k名0", min_size=1, max_size=4), inner, max_size=4)
    ),
    max_leaves=20,
)


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, one in value.items() for text in (key, *_strings(one))]
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return [value] if isinstance(value, str) else []


@given(_VALUES)
def test_what_was_written_in_json_is_read(value: object) -> None:
    read = read_json(json.dumps(value).encode())
    squeezed = "".join(read.text.split())
    assert read.gaps == ()
    assert all("".join(text.split()) in squeezed for text in _strings(value) if "<" not in text)


@given(
    st.lists(
        st.tuples(st.sampled_from("甲乙丙"), st.text("公开身份a1", max_size=6), st.text("密b2", max_size=4)), max_size=6
    )
)
def test_what_was_written_in_xml_is_read(rows: list[tuple[str, str, str]]) -> None:
    inner = "".join(f'<{name} 值="{value}">{text}</{name}>' for name, text, value in rows)
    read = read_xml(f"<根>{inner}</根>".encode())
    assert read.gaps == ()
    assert all(text in read.text and value in read.text for _, text, value in rows)


_RECORDS = [{"姓名": MARK, "数": [1, 2.5, None], "页": "<p>一</p>"}, {"姓名": "二", "数": {}, "页": "e30="}]
_CELL = '<Row ss:Index="4"><Cell ss:MergeAcross="2"><Data>一</Data></Cell></Row>'
_IMAGE = '<image xlink:href="data:image/png;base64,iVBO"/>'
SEEDS = (
    json.dumps(_RECORDS).encode(),
    f'<!DOCTYPE a [<!ENTITY x "一">]><a b="一"><!--二--><c>三<d/>四</c>&x;<c>{MARK}</c></a>'.encode(),
    workbook(sheet(f'<Column ss:Hidden="1" ss:Span="2"/>{_CELL}')).encode(),
    word(f"<w:styles/>{body('一')}").encode(),
    drawing(f'<style>.h{{display:none}}</style><text class="h">一<tspan>二</tspan></text>{_IMAGE}').encode(),
)


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_damage_is_never_an_exception(seed: int) -> None:
    chance = random.Random(seed)
    reader = read_json if seed == 0 else read_xml
    for _ in range(150):
        data = bytearray(SEEDS[seed])
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.choice(b'<>&"{}[],:\\0\x80\xe4')
        cut = bytes(data[: chance.randint(1, len(data))]) if chance.random() < 0.4 else bytes(data)
        read = reader(cut)
        assert all(read.text[s.start : s.end] == s.text for s in read.segments)
        assert read.segments or read.gaps or len(cut) < 40 or not cut.strip()
