"""Titles left over from another document: a property that names another matter than the text it travels with."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.detect.expressions import found, union
from reviewer.detect.reading import Reading
from reviewer.strict import Table
from reviewer.terms import Part, Segment
from reviewer.text.fold import fold
from reviewer.text.lazy import lazy
from reviewer.text.titles import comparable, without_extension
from reviewer.value import dataclass

_PRINTED = lazy(r"^\s*(?:Microsoft (?:Word|Excel|PowerPoint)|WPS(?: 文字| 表格| 演示)?)\s*-\s*", 2)
_PARTS = lazy(r"\s+[-–—|·>»]\s*|\s*[-–—|·>»]\s+|[_|»]|--")
_IDEOGRAPHS = lazy(r"[\u4e00-\u9fff]")
# Words of the frame in which a title hangs: two titles that have only these in common have nothing in common.
_FRAME = lazy(
    r"关于|做好|开展|印发|进一步|加强|转发|公布|组织|实施|申报|推荐|通知|公告|通告|通报|公示|决定|意见|方案|报告|办法|请示|批复"
    r"|复函|函|纪要|名单|汇总|统计|表|材料|工作|情况|年度|季度|上半年|下半年|有关|相关|事项|的|和|及|与|在|征求意见稿|送审稿|定稿|草案"
    r"|修改|最终|第?[0-9〇零一二三四五六七八九十百]+[年月日号批次期季届个份]*|\W+"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_PERSON = lazy(
    rf"(?:关于|对|给予|授予|表彰|任命|免去|聘任|追授|致)(?:对|给予)?(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=同志|先生|女士|等|案|信访|举报|申诉|的?(?:处分|处罚|答复|任免|任职|免职|撤职|处理|调查|问题))"
)
_HEAD_SEGMENTS, _HEAD_CHARACTERS = 12, 600
_LONGEST_TEXT = 200_000
_LEAST_IDEOGRAPHS = 4
_ABOUT = frozenset({Part.PROPERTY, Part.FILE_NAME, Part.ATTRIBUTE, Part.SCRIPT})
_MOSTLY = 0.75  # of its pairs of characters in the text: the text speaks of it, whatever its own title is


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """A title is a residue when less than the share `unlike` of its telling pairs of characters stands at the head
    of the text or in the file's name, or when it names a person who is not in the text at all.

    `generic`: regexes for what programs and templates write, and for names of organs.
    """

    unlike: float
    generic: str


def decode_residue(table: Table) -> Residue | None:
    """None for a rule without `unlike`."""
    if not table.has("unlike"):
        return None
    residue = Residue(unlike=table.number("unlike"), generic=union(table, "generic", table.strings("generic")))
    if not 0 < residue.unlike <= 1:
        raise table.error("unlike: 0 < … ≤ 1")
    return residue


class OwnWords:
    """What a document, and each document inside it, says itself: comparable, and gathered once."""

    def __init__(self, reading: Reading) -> None:
        self._name = reading.document.name
        self._texts: dict[str, list[str]] = {}
        for segment in reading.document.segments:
            if not segment.hidden and segment.part not in _ABOUT:
                self._texts.setdefault(_label(segment), []).append(segment.text)

    def under(self, label: str) -> tuple[str, str]:
        """(the head of the text with the file's name, all of the text) of the document with that label."""
        mine = self._texts.get(label, []) if label else [text for texts in self._texts.values() for text in texts]
        name = without_extension((label or self._name).rpartition("/")[2])
        head = comparable("\n".join(mine[:_HEAD_SEGMENTS])[:_HEAD_CHARACTERS])
        return head + "\n" + comparable(name), comparable("\n".join(mine)[:_LONGEST_TEXT])


def _label(segment: Segment) -> str:
    """The document inside in which it stands; a sheet's name before a cell is none."""
    label = segment.place.rpartition("!")[0]
    return (
        label
        if segment.cell is None or segment.cell.sheet is None
        else label.removesuffix(segment.cell.sheet).rstrip("!")
    )


def is_residue(match: Residue, title: Segment, own: OwnWords) -> bool:
    """Whether the title belongs to another document than the one it stands in."""
    parts = [part for part in _parts(title.text) if _is_telling(part, match)]
    if not parts:
        return False
    head, text = own.under(title.place.rpartition("!")[0])
    if not text:
        return False
    if any(_names_a_stranger(part, text) for part in parts):
        return True
    return all(_is_foreign(part, head, text, match.unlike) for part in parts)


def _parts(title: str) -> list[str]:
    """A title and the names of site and column that pages append to it."""
    plain = without_extension(_PRINTED.sub("", fold(title).text))
    return [part.strip() for part in _PARTS.split(plain) if part and part.strip()]


def _is_telling(part: str, match: Residue) -> bool:
    return len(_IDEOGRAPHS.findall(part)) >= _LEAST_IDEOGRAPHS and not found(match.generic, part, 0, len(part))


def _is_foreign(part: str, head: str, text: str, unlike: float) -> bool:
    pairs = _telling_pairs(part)
    if not pairs or comparable(part) in text:
        return False
    at_head = sum(pair in head for pair in pairs) / len(pairs)
    anywhere = sum(pair in text for pair in pairs) / len(pairs)
    return at_head < unlike and anywhere < _MOSTLY


def _telling_pairs(part: str) -> frozenset[str]:
    chunks: Iterable[str] = (comparable(chunk) for chunk in _FRAME.split(part))
    return frozenset(chunk[at : at + 2] for chunk in chunks for at in range(len(chunk) - 1))


def _names_a_stranger(part: str, text: str) -> bool:
    person = _PERSON.search(part)
    return person is not None and person["name"] not in text
