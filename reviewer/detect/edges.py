"""Where a place may begin and end: not inside a number or a Latin word, nor between a figure and its unit."""

from __future__ import annotations

from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy

_REACH = 40  # characters on either side of an edge; a longer run of letters or digits is cut by nobody's doing
_UNITS = (
    r"[%％‰℃°]C?|[KkMmGgTtμµ]?(?:[gmLlVvAaWBbJ]|Hz|Pa|Wh|bps|mol|min)[²³23]?(?![0-9A-Za-z])"
    r"|[多余来]?[十百千万亿]{0,3}(?:个百分点|百分点|美元|欧元|港元|日元|[元角分]|平方(?:公里|千米|[分厘毫]?米)|立方[分厘毫]?米"
    r"|公[斤里顷吨升]|千[克米瓦伏]|毫[米克升伏安]|厘米|微[米克]|[吨克斤两亩升米]|人次|个月|小时|分钟|工作日"
    r"|[年月日天周岁时点秒度届期批项条款件份张台套辆架艘栋幢层间室户人名位口头只羽株棵箱袋瓶桶次倍折个号])"
    r"|[多余来]?[十百千万亿]{1,3}"
)
# 17.2元/公斤, 3.5%, 12-15℃, 13:16, 2024-03-01; DC-021, a.b@c.cn
_PER = r"/(?:公斤|千克|平方米|立方米|工作日|[元吨克斤亩升米年月日天时户人次个件台套kgmLths]+)"
_WHOLE = lazy(
    rf"[0-9]+(?:[.,:：/~～\-–—][0-9]+)*(?:[ ]?(?:{_UNITS})(?:{_PER})?)?(?![0-9A-Za-z])"
    r"|[0-9A-Za-z]+(?:[._@/\-][0-9A-Za-z]+)*"
)


def whole(text: str, start: int, end: int) -> Range:
    """The range widened outward to the edges of whatever it would cut in two; an empty one stays as it is."""
    return (_edges(text, start)[0], _edges(text, end)[1]) if start < end else (start, end)


def _edges(text: str, at: int) -> Range:
    """The number with its unit or the Latin word around a place; the place itself where nothing runs over it."""
    for found in _WHOLE.finditer(text, max(0, at - _REACH), min(len(text), at + _REACH)):
        if found.end() > at:
            return found.span() if found.start() < at else (at, at)
    return at, at
