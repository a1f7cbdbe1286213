"""What slides are made from: prompts that programs put into placeholders, and texts that no slide shows."""

from __future__ import annotations

from reviewer.terms import Part
from reviewer.text.lazy import lazy

_LONGEST = 60

# Whatever is made of these words only is a prompt; a name or a number beside them is not.
_CHINESE = (
    r"(?:单击|點擊|点击|双击|按一下|按兩下|请|在|此处|此處|这里|鼠标|滑鼠|图标|圖示|以|来|编辑|編輯|添加|新增|插入|键入|输入|"
    r"母版|母片|标题|標題|副|主|文本|文字|正文|内容|內容|图片|圖片|图表|图形|表格|剪贴画|媒体|对象|大纲|大綱|备注|備忘稿|样式|樣式|格式|"
    r"页眉|页脚|日期|编号|占位符|预设|的|或|和|[，、。.…\s])+"
)
_LEVELS = (
    r"第?[一二三四五六七八九](?:个?大纲)?[级層](?:别|大纲|标题|文本)?|"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?: outline)? level"
)
_ENGLISH = (
    r"(?:(?:double[- ])?click|edit|add|insert|to|here|icon|the|a|an|master|title|subtitle|text|styles?|outline|format|"
    r"notes|picture|pictures|chart|table|clip|art|media|object|content|or|and|[,.\s])+"
)
# Stand-ins of fields: the number of the slide, the day on which the file was made.
_FIELDS = r"\*|[‹<][\w#/\s]{1,14}[›>]|\d{1,4}|\d{1,4}[/.\-年]\d{1,2}[/.\-月]\d{1,4}日?"

_PROMPT = lazy(rf"\s*(?:{_CHINESE}|{_LEVELS}|{_ENGLISH}|{_FIELDS})?\s*")


def is_prompt(text: str) -> bool:
    """Whether a text is nothing but a program's own prompt, or the stand-in of a field."""
    return len(text) <= _LONGEST and _PROMPT.fullmatch(text.casefold()) is not None


def unseen_pattern(part: Part) -> Part:
    """The part of what masters and layouts say where no slide shows it; `part` is that of the page.

    Every designed template says something of the kind. It is screened like a property of the file, but nobody has
    concealed it.
    """
    return Part.PROPERTY if part is Part.TEXT_BOX else part
