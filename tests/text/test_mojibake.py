"""Garbled text is mended where that is certain; what people really write is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.mojibake import Cause, is_nonsense, mend
from reviewer.text.suspicion import is_escaped, strange

SENTENCES = (
    "关于公开身份证号码的通知",
    "张三，身份证号码附后，请勿外传",
    "青石县民政局低保对象花名册",
    "会议决定暂不对外公布调整方案",
    "本材料仅供内部使用",
)
TRADITIONAL = ("關於公開身分證號碼的通知", "本資料僅供內部使用，請勿外傳")


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    ("written", "shown", "cause"),
    [
        ("gbk", "latin-1", Cause.GBK_AS_LATIN),
        ("gbk", "cp1252", Cause.GBK_AS_LATIN),
        ("utf-8", "latin-1", Cause.UTF8_AS_LATIN),
        ("utf-8", "gb18030", Cause.UTF8_AS_GBK),
        ("gbk", "cp950", Cause.GBK_AS_BIG5),
    ],
)
def test_garbled_sentences_are_mended(sentence: str, written: str, shown: str, cause: Cause) -> None:
    try:
        garbled = sentence.encode(written).decode(shown)
    except UnicodeDecodeError:
        pytest.skip("the wrong encoding cannot show this sentence")
    mended = mend(garbled)
    assert mended is not None
    assert cause in mended.causes
    assert mended.text.startswith(sentence[: 4 if cause is Cause.UTF8_AS_GBK else len(sentence)])


@pytest.mark.parametrize("sentence", TRADITIONAL)
def test_big5_shown_as_gbk_is_mended(sentence: str) -> None:
    mended = mend(sentence.encode("cp950").decode("gb18030"))
    assert mended is not None
    assert mended.text == sentence


@pytest.mark.parametrize(
    ("garbled", "plain"),
    [
        ("ÖÐ¹ú", "中国"),
        pytest.param("¹«¿ª", "公开", id="signs only"),
        ("姓名：ÕÅÈý，男", "姓名：张三，男"),
        ("Éí·ÝÖ¤ 43010119000101001X", "身份证 43010119000101001X"),
        ("FranÃ§ois donâ€™t", "François don’t"),
        ("&#36523;&#20221;&#x8bc1;", "身份证"),
        ("&amp;#36523;&amp;#20221;", "身份"),
        (r"\u8eab\u4efd\u8bc1", "身份证"),
        (r"\u0034\u0033\u0030\u0031", "4301"),
        (r"\ud842\udfb7", "𠮷"),
        ("a=%E8%BA%AB%E4%BB%BD&b=1", "a=身份&b=1"),
        ("a=%C9%ED%B7%DD&b=1", "a=身份&b=1"),
        ("%34%33%30%31%30%31", "430101"),
        pytest.param("Ã¥â€¦Â¬Ã¥Â¼â‚¬", "公开", id="twice"),
    ],
)
def test_mends(garbled: str, plain: str) -> None:
    mended = mend(garbled)
    assert mended is not None
    assert (mended.text, mended.whole) == (plain, True)


@pytest.mark.parametrize(
    "garbled",
    [
        pytest.param("鍏紑", id="private characters dropped from UTF-8 as GBK"),
        pytest.param("涓浗", id="the same, with a character of GB 2312"),
        pytest.param("鍏充簬鍏�寮�韬�浠借瘉", id="replacement characters in it"),
        pytest.param("å…³äºŽå…¬å¼€èº«ä»½è¯�å�·ç", id="replacement characters in Latin-1"),
    ],
)
def test_what_was_lost_is_doubtful(garbled: str) -> None:
    mended = mend(garbled)
    assert mended is not None
    assert not mended.whole


@pytest.mark.parametrize(
    "text",
    [
        "déjà vu, élève, garçon, Besançon, naïve",
        "àâäéèêëîïôöùûüç ÄÖÜß ÀÁÂÃÄÅ ÑÓÚ",
        "NÃO AÇÃO São João Übergröße Ångström",
        "Nguyễn Thị Phương, Trần Đức",
        "МОСКВА Россия Українa",
        "© 2020 ±5° 4×4” “……”——‘·’",
        "䶮㛃 𬱖 堃 喆 翀 頔",
        "中華民國臺灣省臺北市關於個人隱私的規定",
        "東京都千代田区霞が関、カタカナとひらがな",
        "ｶﾀｶﾅ ﾃﾞｰﾀ ｼｽﾃﾑ",
        "대한민국 서울특별시",
        "བོད་རང་སྐྱོང་ལྗོངས། ᠮᠣᠩᠭᠣᠯ ئۇيغۇر",
        "┌──┬──┐│密│级│└──┴──┘ ∑∫√≤≥∈ αβγ ①②③ ㎡ ℃",
        "比上年增长6.5%，其中35%的项目",
        "a%20b%2Fc",
        r"C:\users\unit\u.txt",
        "龘靐齉爩鱻麤",
        "R&D &#169; &nbsp;",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert mend(text) is None


def test_most_drafts_are_quickly_passed() -> None:
    draft = "全县各乡镇要结合实际，认真组织实施“十四五”规划（2023年）——增长6.5%；①★□…\t\r\n"
    assert strange(draft) - {"①"} == frozenset()
    assert not is_escaped(draft)


def test_nonsense_is_rarer_than_the_rarest_names() -> None:
    assert is_nonsense("".join(chr(0x4E00 + 97 * at % 20900) for at in range(40)))
    assert not is_nonsense(
        "大鳞大眼鲷，又称日本锯大眼鲷，俗名红目鲢、红目眶，为辐鳍鱼纲鲈形目的其中一个种。䶮㛃堃喆翀頔"
    )


@given(st.text(max_size=300))
def test_any_text_is_looked_at(text: str) -> None:
    mended = mend(text)
    assert mended is None or mended.causes


@given(st.text(alphabet="身份证号码公开国家工作人员", max_size=40))
def test_every_ordinary_text_survives_latin(text: str) -> None:
    for encoding in ("gbk", "utf-8"):
        mended = mend(f"公开{text}".encode(encoding).decode("latin-1"))
        assert mended is not None
        assert mended.text == f"公开{text}"
