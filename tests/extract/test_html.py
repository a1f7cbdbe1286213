"""Web pages: what is shown in reading order, then everything else they hold."""

from __future__ import annotations

import base64
import re
import time

import pytest
from builders_image import code, saved, striped
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.extract.html import read
from reviewer.extract.html.tokens import tokens
from reviewer.terms import Part, Segment

NUMBER = "110101190001010000"


def shown(page: str) -> list[str]:
    return [s.text for s in read(page.encode()).segments if not s.hidden]


def concealed(page: str) -> list[Segment]:
    return [s for s in read(page.encode()).segments if s.hidden]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        pytest.param("<p>110101<b>1900</b><i>0101</i>0000", [NUMBER], id="inline tags join"),
        pytest.param("<div>甲<br>乙<br/>丙</div>丁", ["甲", "乙", "丙", "丁"], id="breaks"),
        pytest.param("<p>甲\n\n  乙</p>", ["甲 乙"], id="white space shrinks"),
        pytest.param("<pre>甲\n  乙</pre>", ["甲", "乙"], id="preformatted lines"),
        pytest.param("<p>&#24352;&#x4e09;&lt;&amp&nbsp;&copy", ["张三<&\xa0©"], id="references"),
        pytest.param("<p>a&#" + "9" * 5000 + ";b&#xD800;", ["a\ufffdb\ufffd"], id="references to nothing"),
        pytest.param("<ul><li>一<li>二</ul>", ["一", "二"], id="unclosed items"),
        pytest.param("1 < 2 且 3<4", ["1 < 2 且 3<4"], id="signs that are no tags"),
        pytest.param("<div>" * 300 + "深", ["深"], id="300 deep"),
        pytest.param("<textarea>甲<b>乙</textarea>丙", ["甲<b>乙", "丙"], id="text area"),
        pytest.param("<a title='x>y'>甲</a>乙", ["甲乙"], id="sign in a quoted value"),
        pytest.param("甲<!-->乙<!--->丙<!-- x --!>丁", ["甲乙丙丁"], id="short comments"),
        pytest.param("<svg><title/><text>甲</text></svg>乙", ["甲乙"], id="empty title in a drawing"),
        pytest.param("甲<option>乙<option>丙", ["甲", "乙", "丙"], id="options"),
        pytest.param("<title>名单 &amp;\n公示</title><p>甲", ["名单 & 公示", "甲"], id="title first"),
    ],
)
def test_shown(page, lines):
    assert shown(page) == lines


def test_places_lines_and_offsets():
    extracted = read("<title>名单</title>\n<p>甲</p>\r\n<p>乙\n<table><tr><td>丙</table>".encode())
    assert [(s.place, s.line, s.part) for s in extracted.segments] == [
        ("title", 1, Part.PROPERTY),
        ("¶1", 2, Part.BODY),
        ("¶2", 3, Part.BODY),
        ("表1 第1行第1列", 4, Part.TABLE),
    ]
    assert all(extracted.text[s.start : s.end] == s.text for s in extracted.segments)
    assert extracted.gaps == ()


TABLES = [
    pytest.param("<tr><td>a<td>b<tr><td>c<td>d", "a00 b01 c10 d11", id="unclosed cells"),
    pytest.param("<tr><td colspan=2>a<td>b", "a00 b02", id="colspan"),
    pytest.param("<tr><td rowspan=2>a<td>b<tr><td>c", "a00 b01 c11", id="rowspan"),
    pytest.param(
        "<tr><td>a<td rowspan=2 colspan=2>b<td>c<tr><td>d<td>e<tr><td>f", "a00 b01 c03 d10 e13 f20", id="both"
    ),
    pytest.param("<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d", "a00 b01 c11 d21", id="rowspan to the end"),
    pytest.param("<thead><tr><td rowspan=9>a<tbody><tr><td>b", "a00 b10", id="no span leaves its section"),
    pytest.param("<td>a<td>b", "a00 b01", id="no row"),
    pytest.param("<tr><td></td><td>&nbsp;</td><td>a</td>", "a02", id="empty cells count"),
]


@pytest.mark.parametrize(("rows", "positions"), TABLES)
def test_cells(rows, positions):
    extracted = read(f"<table>{rows}</table>".encode())
    found = [f"{s.text}{s.cell.row}{s.cell.column}" for s in extracted.segments]
    assert " ".join(found) == positions
    rows_of_text = [len(row.split("\t")) for row in extracted.text.splitlines()]
    assert sum(rows_of_text) == len(found)


def test_a_cell_is_one_segment_whatever_it_holds():
    assert shown("<table><tr><td><p>身份证</p><p>号码<br>（必填）</p></td></tr></table>") == ["身份证\n号码\n（必填）"]


def test_tables_in_tables_and_layout():
    extracted = read("<table><tr><td>外<table><tr><td>内</table>后<tr><td>次</table>".encode())
    assert [(s.place, s.text) for s in extracted.segments] == [
        ("¶1", "外"),
        ("表2 第1行第1列", "内"),
        ("¶2", "后"),
        ("表1 第2行第1列", "次"),
    ]


CONCEALED = [
    ("<!-- {} -->", Part.COMMENT, "注释（第2行）"),
    ("<!--[if IE]><p>{}</p><![endif]-->", Part.COMMENT, "注释（第2行）"),
    ("<!-- {}", Part.COMMENT, "注释（第2行）"),
    ("<! {} >", Part.COMMENT, "注释（第2行）"),
    ("<input type=hidden value={}>", Part.ATTRIBUTE, "属性 input@value（第2行）"),
    ("<img src=a.png alt='{}'>", Part.ALT_TEXT, "属性 img@alt（第2行）"),
    ('<b title="{}">x</b>', Part.ATTRIBUTE, "属性 b@title（第2行）"),
    ("<b data-id='{}'>x</b>", Part.ATTRIBUTE, "属性 b@data-id（第2行）"),
    ("<b class={}>x</b>", Part.ATTRIBUTE, "属性 b@class（第2行）"),
    ("<b onclick='f({})'>x</b>", Part.ATTRIBUTE, "属性 b@onclick（第2行）"),
    ("<meta name=k content='{}'>", Part.ATTRIBUTE, "属性 meta@content（第2行）"),
    ("<a href='/q?id={}'>x</a>", Part.ATTRIBUTE, "属性 a@href（第2行）"),
    ("<a href='file:///c:/{}'>x</a>", Part.ATTRIBUTE, "属性 a@href（第2行）"),
    ("<iframe srcdoc='&lt;p&gt;{}'></iframe>", Part.ATTRIBUTE, "属性 iframe@srcdoc（第2行）"),
    ("</p title='{}'>", Part.ATTRIBUTE, "属性 p@title（第2行）"),
    ("<a title='{}", Part.ATTRIBUTE, "残缺的标签（第2行）"),
    ("<a {}", Part.ATTRIBUTE, "残缺的标签（第2行）"),
    ("<script>var a = {{id: '{}'}};</script>", Part.SCRIPT, "脚本（第2行）"),
    ("<script type='application/json'>[{{\"id\": {}}}]</script>", Part.SCRIPT, "脚本（第2行）"),
    ("<script type='text/template'><td>{}</td></script>", Part.SCRIPT, "脚本（第2行）"),
    ("<script>var a = '{}'", Part.SCRIPT, "脚本（第2行）"),
    ("<style>.a::before {{content: '{}'}}</style>", Part.SCRIPT, "样式（第2行）"),
    ("<p hidden>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='Display : none'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='visibility:hidden'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='font-size:0px'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='opacity: 0.0'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='color:#FFFFFF'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<font color=white>{}</font>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='position:absolute;left:-9999px'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='text-indent:-999em'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='max-height:0;overflow:hidden'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='position:absolute;clip:rect(1px, 1px, 1px, 1px)'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p style='clip-path:inset(50%)'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p class='a gone'>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<p id=gone>{}</p>", Part.BODY, "隐藏内容（第2行）"),
    ("<div hidden><table><tr><td>{}</table></div>", Part.TABLE, "表1 第1行第1列"),
    ("<table><tr><td>x<td style='display:none'>{}</table>", Part.TABLE, "表1 第1行第2列"),
    ("<template><p>{}</p></template>", Part.BODY, "隐藏内容（第2行）"),
    ("<noscript>{}</noscript>", Part.BODY, "隐藏内容（第2行）"),
    ("<noframes><p>{}</noframes>", Part.BODY, "隐藏内容（第2行）"),
    ("<title>{}", Part.BODY, "隐藏内容（第2行）"),
]
RULES = "<style><!-- .gone, #gone {display: none} @media print {p {display: none}} --></style>\n"


@pytest.mark.parametrize(("page", "part", "place"), CONCEALED, ids=[row[0] for row in CONCEALED])
def test_concealed(page, part, place):
    segments = concealed(RULES + page.format(NUMBER))
    (segment,) = [s for s in segments if NUMBER in s.text]
    assert (segment.part, segment.place, segment.line) == (part, place, 2)


@pytest.mark.parametrize(
    "page",
    [
        "<p style='color:#fff;background:#c00'>{}",
        "<table bgcolor=red><tr><td><font color=white>{}",
        "<div style='visibility:hidden'><p style='visibility:visible'>{}</p></div>",
        "<div style='font-size:0'><p style='font-size:14px'>{}</p></div>",
        "<p hidden>x<p>{}",
        "<p style='background:none;opacity:0.8'>{}",
        "<p class=other>{}",
        "<p style='position:absolute;left:50%;margin-left:-600px'>{}",
        "<p style='left:-9999px'>{}",
        "<p style='height:0'>{}",
    ],
)
def test_not_concealed(page):
    assert shown(RULES + page.format(NUMBER)) == [NUMBER]


def test_commented_rows_are_cells_and_split_numbers_whole():
    page = "<p>x<!--\n<tr><td>张三</td><td>110101<b>1900</b>01010000</td></tr>\n-->"
    name, number = concealed(page)
    assert (number.text, number.line, number.cell.column) == (NUMBER, 2, 1)
    assert name.cell.row == number.cell.row


@pytest.mark.parametrize(
    ("script", "text"),
    [
        (r'{"name": "\u5f20\u4e09", "id": 7}', '{"name": "张三", "id": 7}'),
        (r"{\"name\": \"\\u5f20\\u4e09\"}", '{"name": "张三"}'),
        (r'"\ud842\udfb7\x41\/中"', '"𠮷A/中"'),
        (r"'\u{20bb7}中'", "'𠮷中'"),
        (r'"\ud842中"', '"\ufffd中"'),
    ],
)
def test_escapes_in_scripts_are_undone(script, text):
    assert [s.text for s in concealed(f"<p>x<script>{script}</script>")] == [text]


def test_code_without_words_or_numbers_is_left_out():
    page = "<p>x<script>function f(a){return a+1}</script><style>p{margin:0;color:#123}</style>"
    assert concealed(page) == []


def test_records_on_one_long_line_are_read_one_by_one():
    rows = ",".join(f'{{"name":"张{n}","id":"{1101011900010100 + n}"}}' for n in range(100))
    texts = [s.text for s in concealed(f"<p>x<script>var rows=[{rows}]</script>")]
    assert len(texts) == 100
    assert '"name":"张42"' in texts[42]


@pytest.mark.parametrize(
    ("page", "places"),
    [
        ("<p>x<iframe src=list.html></iframe>", ["iframe（第1行）"]),
        ("<p>x<object data='a.pdf'></object><embed src=/b.swf>", ["object（第1行）", "embed（第1行）"]),
        ("<p>x<iframe src=https://example.org/></iframe><iframe></iframe><iframe src=about:blank></iframe>", []),
        ("<p>x<!-- <iframe src=list.html></iframe> -->", []),
        ("<p>x<img src=a.png><img src=data:image/png;base64,AAAA>", []),
        ("<p>x\n<img src=data:image/png;base64," + "A" * 4000 + ">", ["img（第2行）"]),
        ("<p>x<p style='background:url(data:image/png;base64," + "A" * 4000 + ")'>", ["p（第1行）"]),
        ("<img src=a.png>", ["全文"]),
        ("<script src=app.js></script><div id=app></div>", ["全文"]),
    ],
)
def test_gaps(page, places):
    assert [gap.place for gap in read(page.encode()).gaps] == places


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("data:text/html;charset=utf-8;base64,PGI+5byg5LiJPC9iPg==", "张三"),
        ("data:text/html;base64,PGI+5byg5LiJPC9iPg", "张三"),
        ("data:,%E5%BC%A0%E4%B8%89", "张三"),
        ("DATA:text/html,%3Cp%3E1101011900%3Cb%3E01010000", NUMBER),
    ],
)
def test_files_in_addresses_are_read(address, text):
    (segment, *_) = [s for s in read(f"<p>x\n<a href='{address}'>y</a>".encode()).segments if "!" in s.place]
    assert (segment.text, segment.hidden) == (text, True)
    assert segment.place.startswith("属性 a@href（第2行）!")


def test_a_file_in_an_address_that_nobody_can_read_is_a_gap():
    (gap,) = read(b"<p>x<a href='data:application/octet-stream;base64,AAECAwQFBgc='>y</a>").gaps
    assert gap.place.startswith("属性 a@href（第1行）!")


def address(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize(
    ("page", "places", "gaps"),
    [
        (f"<p>x<img src='{address(saved(code('张三')))}'>" * 2, ["img（第1行）!二维码1"], []),
        (f"<p>x<style>p{{background:url({address(saved(code('张三')))})}}</style>", ["样式（第1行）!二维码1"], []),
        (f"<p>x<img src='{address(saved(striped()))}'>", [], ["img（第1行）"]),
        (f"<p>x<img src='{address(saved(striped(size=(32, 32))))}'>", [], []),
        (f"<p>x<img src='{address(saved(striped()))[:-99]}'>", [], ["img（第1行）!PNG", "img（第1行）"]),
    ],
    ids=["code", "in a style", "picture", "icon", "cut off"],
)
def test_pictures_and_files_in_the_page(page, places, gaps):
    extracted = read(page.encode())
    concealed = [segment for segment in extracted.segments if segment.hidden]
    assert [(s.place, s.text) for s in concealed] == [(place, "张三") for place in places]
    assert [gap.place for gap in extracted.gaps] == gaps


def test_declared_charset_is_a_hint_only():
    assert read("<meta charset=gb2312><p>张三".encode("gb18030")).gaps == ()
    assert read("<meta charset=gb2312><p>张三".encode()).segments[0].text == "张三"
    assert read("<p>张三".encode("gb18030")).gaps


PIECES = re.findall(
    r"\S+",
    """甲乙丙 1 <p> </p> <b> </b> <table> <tr> <td> </td> </table> <!-- --> <script> </script> <style> </style>
    <title> </title> <a·b=' ' " > < &#x4e2d; &lt <svg> </svg> <div·hidden> </div> <ul><li> <pre> </pre> <br> </ <!""",
)


@given(pieces=st.lists(st.sampled_from(["\n", *PIECES]), max_size=30))
@settings(deadline=None)
def test_any_soup_is_read_with_nothing_lost(pieces):
    page = "".join(pieces).replace("·", " ")
    extracted = read(page.encode())
    assert all(extracted.text[s.start : s.end] == s.text for s in extracted.segments)
    assert page.count("甲乙丙") == extracted.text.count("甲乙丙")


@given(page=st.text())
@settings(deadline=None)
def test_tokens_are_the_page(page):
    assert "".join(page[token.start : token.end] for token in tokens(page)) == page


@given(data=st.binary())
@settings(deadline=None)
def test_any_bytes_are_read(data):
    extracted = read(b"<p>" + data)
    assert all(extracted.text[s.start : s.end] == s.text for s in extracted.segments)


HOSTILE = re.findall(
    r"\S+",
    """<a· <a·b=' <a/ <a·= <!-- <! </ < &# & &a &#99999 <script> <style> <title> <textarea> <div> <p> <td> <b>
    </p> <li> <svg>""",
)


@pytest.mark.parametrize("pattern", HOSTILE)
def test_hostile_input_costs_no_more_than_it_is_long(pattern):
    page = (pattern.replace("·", " ") * 80_000).encode()
    begin = time.process_time()
    read(page)
    assert time.process_time() - begin < 4  # what grows with the square of 80,000 takes minutes


@pytest.mark.parametrize(
    ("begin", "pattern"),
    [
        ("<style>", "/*"),
        ("<style>", "{"),
        ("<style>;base64,", "data:"),
        ("<script>中", "\\"),
        ("<script>中", "}"),
        ("<p class='", "a "),
        ("<p style='", "/*"),
        ("<!--", "<td>"),
        ("<table>", "<tr><td rowspan=9>"),
        ("", "<i><div>"),
        ("<table><td>", "<span></div>"),
        ("<ul>", "<li><b>"),
    ],
)
def test_hostile_insides_grow_in_step_with_their_length(begin, pattern):
    def cost(times: int) -> float:
        page = (begin + pattern * times).encode()
        before = time.process_time()
        read(page)
        return time.process_time() - before

    cost(100)
    assert cost(32_000) < 12 * max(cost(8_000), 0.02)


@pytest.mark.parametrize(
    "page",
    [
        "<bdo dir=rtl>丙乙甲</bdo>",
        "<p style='unicode-bidi: bidi-override; direction: rtl'>丙乙甲</p>",
        "<style>.r {direction: rtl; unicode-bidi: isolate-override}</style><span class=r>丙乙甲</span>",
    ],
)
def test_letters_shown_in_the_reverse_order_are_read_as_they_are_seen(page):
    turned = [segment for segment in read(page.encode()).segments if segment.text == "甲乙丙"]
    assert [segment.hidden for segment in turned] == [True]
    assert not [s for s in read(page.replace("rtl", "ltr").encode()).segments if s.text == "甲乙丙"]
