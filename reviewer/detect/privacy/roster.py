"""Tables of persons: which columns are private, which cells of them hold something, and whose names they expose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from reviewer.detect.numbers.masks import HIDING
from reviewer.detect.numbers.phone_masks import is_thin, phone_masks
from reviewer.detect.numbers.resident_id import is_old
from reviewer.detect.numbers.runs import NUMERALS
from reviewer.detect.privacy.address import is_fine
from reviewer.detect.privacy.columns import INVITED, PRIVATE_PEOPLE, meaning, standing_of
from reviewer.detect.privacy.grid import Grid, GridCell
from reviewer.detect.privacy.name_edges import PLACEHOLDERS
from reviewer.detect.privacy.people import has_surname, is_name
from reviewer.detect.privacy.roles import SENSITIVE, Standing
from reviewer.detect.reading import Range
from reviewer.language import tr
from reviewer.text.lazy import lazy
from reviewer.value import dataclass, field

_EMPTY = lazy(
    r"(?:无|没有|未知|不详|暂无|略|同上|本人|空|否|有|是|健康|正常|良好|合格|一般|未见异常|未发现异常|阴性|未患病|不适用|已核|已填|"
    r"深度困难|相对困难|一般困难|特别困难|困难|比较困难|低保|低保户|特困|低收入|建档立卡|脱贫户|监测户|其他|未成年|"
    r"N/?A|None|null|[/\\\-—–－一.·*×xX\s]*|0+)(?:[（(].*[)）])?"
)
_MASK = lazy(rf"[{HIDING}]{{2,}}|某|(?<=[0-9])[xX]{{3,}}+(?=[0-9])")
# The header says that a number follows, so that it may be written in any way: by a scanner, in numerals, in groups.
_FIGURE = rf"[0-9OolIBSXx×{NUMERALS}]"
_NUMBERS = lazy(
    rf"(?:\+?[0-9{NUMERALS}]|[lIBS](?=[0-9OolIBS]{{6}}))(?:[ \-—–_.·()（）]{{0,3}}{_FIGURE})+"
    r"(?:[ ]?(?:转|-|—)[ ]?[0-9]{1,6})?"
)
# What a spreadsheet makes of a long number: 5.29931E+17. Few digits are left, and the column still says whose.
_DAMAGED = lazy(r"(?<![0-9.])[1-9](?:\.[0-9]{1,16})?[Ee]\+?1[0-9](?![0-9])")
_DATE = lazy(
    r"(?:农历|阴历|阳历|公历)?[ ]?"
    r"(?:(?:18|19|20)[0-9]{2}[ ]?[年.\-/][ ]?[0-9]{1,2}[ ]?[月.\-/][ ]?[0-9]{1,2}[ ]?[日号]?(?![0-9])"
    r"|(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9](?![0-9])"
    r"|(?<![0-9])[0-9]{2}[年.\-/](?:1[0-2]|0?[1-9])[月.\-/][0-3]?[0-9](?:日|号|(?![0-9]))"
    r"|[一二三四五六七八九〇零○]{2,4}年[正一二三四五六七八九十冬腊]{1,3}月[初一二三四五六七八九十廿]{1,3}[日号]?"
    r"|(?<![0-9])[0-3]?[0-9][./\-](?:1[0-2]|0?[1-9])[./\-](?:18|19|20)[0-9]{2}(?![0-9])"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? [0-3]?[0-9],? (?:18|19|20)[0-9]{2}"
    r"|[0-3]?[0-9] (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?,? (?:18|19|20)[0-9]{2})"
)
_HOME = lazy(rf"[0-9{NUMERALS}](?:单元|室|户)|单元[0-9{NUMERALS}]|[组社队屯][0-9{NUMERALS}]{{1,4}}号|宿舍")
_SITE = lazy(r"[坐座]落")  # of what is registered, not of where somebody lives
_FIXED_LINE = lazy(r"[（(]?0[0-9]{2,3}[）)]?[ -]?[0-9]{7,8}")
_PLACEHOLDER = lazy(r"1[3-9][0-9]0{8}")  # of a manual's record
_HANDLE = lazy(r"[0-9]{2,5}(?:[ \-][0-9]{2,5}){1,4}(?![0-9A-Za-z])|[A-Za-z0-9][A-Za-z0-9_\-]{4,30}")
_MAIL = lazy(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{3,64}")
_CARD = lazy(r"(?=[A-Z0-9 ]{0,24}[0-9]{3})[A-Z](?:[ ]?[A-Z0-9]){7,17}")
_LETTERED = lazy(
    rf"(?:[A-Za-z](?:[ ]?[A-Za-z]){{0,3}}|(?=[0-9{NUMERALS}]))(?:[ \-.·]?[0-9{NUMERALS}]){{6,19}}[A-Za-z]?"
)
_SECURITY = lazy(r"[A-Za-z](?:[ \-]?[0-9]){8}(?![0-9A-Za-z])")
_PERMIT = lazy(r"(?<![0-9A-Za-z*])[0-9]{8}(?![0-9A-Za-z*])")  # of Taiwan's residents
_PLATE = lazy(r"[\u4e00-\u9fff][A-Z][ ·•・.\-]?[A-Z0-9]{4,6}[挂学警港澳领]?")
_OFFICIAL_CAR = lazy(r"公务|专车|公车|执法|救护|警车|公交|单位")
_WORD_NAME = lazy(r"[\u4e00-\u9fff]{2,3}(?<![某无等])")
_BRANCH = lazy(r"[\u4e00-\u9fff]{2,16}(?:支行|分行|分社|信用社|分理处|储蓄所|营业[部所])")
_ILLNESSES = frozenset(("medical_condition", "disability"))
_COUNTS = lazy(
    r"(?:[^、，,；;。0-9]{0,20}[0-9]{1,6}(?:人次|[人例名户起])[、，,；;。 ]*)+"
)  # 恶性肿瘤31人次、其他67人次
_OF_A_BUDGET = lazy(r"转移支付|拨款|承包费|发包|租金|上级|集体|财政|专项|利息收入")
_SAMPLES = frozenset(("张三", "李四", "王五", "赵六", "小明", "测试", "示例", "Zhang San", "Li Si"))
_SAMPLE_TITLE = lazy("样例|示例|示范|范例|样表|非真实|虚构|编造|模拟数据|测试数据|[Ss]ample")
_LONGEST_NAME = 4  # characters, of names without a dot
_OF_OFFICES = lazy(
    r"\b(?:Center|Centre|Government|Hospital|Bureau|Company|Office|School|Road|Street|Service|Co|Ltd|University|Department|"
    r"Committee|Station|Bank|Hotel|City|County|Province|Institute|College|Group)\b"
)
_ROMANISED = lazy(r"[A-Z][A-Za-z'’\-]+,?(?:[ ·][A-Z][A-Za-z'’.\-]*){1,3}")
_OLD_NAMES = lazy(r"烈士|英烈|牺牲|先烈|历史|先进|劳模|表彰|获奖|竞赛|选民|代表名单|委员名单")
SERVANTS = lazy(
    r"报名|咨询|招生|招聘|采购|客服|责任人|领导小组|工作组|分工|包联|驻村|通讯录|值班|联系人|办公|值守|公示牌|服务|监督|热线|名录|调解员|律师|陪审|公证|网格|专家|医师|教师|河长|联络|代表|委员|干部|领导|执法|志愿"
)
SENSITIVE_TITLE = lazy(
    r"(?:社区矫正|矫正对象|戒毒|吸毒|涉毒|精神障碍|精神病|艾滋|HIV|孕检|孕前|流产|上访|缠访|信访人|稳控|困境儿童|孤儿|留守儿童|"
    r"性侵|家暴|受害人|举报人|刑满释放|服刑|罪错|结核病?(?:人|患者)|乙肝|邪教).{0,20}(?:名单|名册|花名册|台账|登记表|登记册|签到表|明细表?|情况表|一览表|发放表|汇总表?)"
)


_LAST_OF_15 = date(1999, 12, 31)  # 15 digits were given until then (GB 11643-1999)


def _numbers(cell: str, least: int) -> Iterator[Range]:
    for match in _NUMBERS.finditer(cell):
        if sum(char.isalnum() for char in match[0]) >= least:
            yield match.span()


def _long(cell: str, least: int) -> Iterator[Range]:
    damaged = _DAMAGED.search(cell)
    return iter([damaged.span()]) if damaged else _numbers(cell, least)


def _was_given(number: str) -> bool:
    """Whether a number can be an identity number of 15 digits: the header says only that it is an old one."""
    return is_old(re.sub(r"[^0-9]", "", number), _LAST_OF_15)


def _whole(cell: str) -> Iterator[Range]:
    yield 0, len(cell)


def _found(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Range]]:
    return lambda cell: (match.span() for match in pattern.finditer(cell))


# What of a cell is the value: a number without the bank's name, a text as a whole.
_VALUES: Mapping[str, Callable[[str], Iterator[Range]]] = {
    "resident_id": lambda cell: iter([*_long(cell, 12)] or [*_found(_CARD)(cell)] or [*_found(_PERMIT)(cell)]),
    "old_resident_id": lambda cell: (place for place in _numbers(cell, 15) if _was_given(cell[slice(*place)])),
    "disability_no": lambda cell: _long(cell, 12),
    "social_security_no": lambda cell: iter([*_found(_SECURITY)(cell)] or [*_long(cell, 8)]),
    "bank_account": lambda cell: _long(cell, 8),
    "bank_branch": _found(_BRANCH),
    "phone": lambda cell: _numbers(cell, 7),
    "student_no": _found(lazy(r"[A-Za-z]?(?:[ \-]?[0-9]){8,18}(?:[ \-]?[0-9Xx])?")),
    "foreign_resident_id": lambda cell: _long(cell, 12) if cell[:1].isdigit() else _found(_CARD)(cell),
    "medical_record_no": _found(_LETTERED),
    "passport": _found(_LETTERED),
    "plate": lambda cell: iter(()) if _OFFICIAL_CAR.search(cell) else _found(_PLATE)(cell),
    "biometric": _found(lazy(r"[A-Za-z0-9]{1,}(?:[_\-:][A-Za-z0-9]+)+|[A-Za-z]*[0-9]{4,}[A-Za-z0-9]*")),
    "permit": _found(_LETTERED),
    "military_id": _found(lazy(r"[\u4e00-\u9fff]{0,3}字?第?[0-9]{6,10}号?")),
    "driver_licence": lambda cell: _numbers(cell, 10),
    "birth_date": _found(_DATE),
    "exam_score_minor": _found(lazy(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9])?(?![0-9.])")),
    "wechat_qq": _found(_HANDLE),
    "email": _found(_MAIL),
    "home_address": lambda cell: _whole(cell) if is_fine(cell) else iter(()),
    "address": lambda cell: _whole(cell) if is_fine(cell) and not cell.isdigit() else iter(()),
    "income_or_account_balance": lambda cell: (
        _whole(cell) if re.search(r"[1-9一二三四五六七八九]", cell) and not _OF_A_BUDGET.search(cell) else iter(())
    ),
}
# Numbers that are nobody's but a person's; the rest needs a column of persons' names beside it.
_OWN = frozenset(
    (
        "resident_id",
        "old_resident_id",
        "disability_no",
        "student_no",
        "foreign_resident_id",
        "passport",
        "permit",
        "military_id",
    )
)
# Lawful on an office's list, private on a list of private persons.
_DEPENDENT = frozenset(("phone", "email", "address", "plate", "property_cert_no", "driver_licence"))


@dataclass(frozen=True, slots=True)
class Value:
    """A private cell: its column's meaning, its place, and what a reader is told of its column."""

    meaning: str
    start: int
    end: int
    note: str
    group: str


@dataclass(slots=True)
class Roster:
    """What a table exposes: private values, persons' names row by row, and rows that hold none."""

    values: list[Value] = field(default_factory=list)
    names: list[tuple[GridCell, Standing, Range]] = field(default_factory=list)
    sensitive: bool = False


def roster(grid: Grid, ordinal: int, known: frozenset[str], above: str) -> Roster:
    """Read a table; `known`: the meanings that some rule asks for; `above`: the text in which its title stands."""
    result = Roster(sensitive=bool(SENSITIVE_TITLE.search(above)))
    people = [column for column, meaning in enumerate(grid.meanings) if meaning == "name" and _has_names(grid, column)]
    people = people or [
        column for column, meaning in enumerate(grid.meanings) if not meaning and _is_names(grid, column)
    ]
    private = _private_columns(grid, people, above)
    for column in private:
        if grid.meanings[column] in known:
            result.values += column_values(grid, ordinal, column)
        if grid.meanings[column] == "bank_account" and "开户" in grid.headers[column]:
            result.values += column_values(grid, ordinal, column, "bank_branch")
    for column in [*people, *_veiled(grid, people)]:
        standing = standing_of(grid.headers[column])
        for row in grid.rows:
            cell = row.cells[column]
            if cell is None or not _may_be_person(cell.text) or meaning(cell.text):
                continue
            if column in people or has_surname(cell.text):
                result.names.append((cell, standing, (row.start, row.end)))
    return result


def _veiled(grid: Grid, people: list[int]) -> list[int]:
    """Columns of those who informed or petitioned, in which firms and masked names leave few whole ones."""
    return [
        column
        for column, meaning in enumerate(grid.meanings)
        if meaning == "name" and column not in people and standing_of(grid.headers[column]) in SENSITIVE
    ]


def _has_names(grid: Grid, column: int) -> bool:
    cells = [cell.text for row in grid.rows if (cell := row.cells[column]) is not None]
    named = [cell for cell in cells if _is_person(cell) and not (grid.machine and _is_thing(cell))]
    return bool(cells) and len(named) * 2 >= len(cells)


def _is_names(grid: Grid, column: int) -> bool:
    """Whether a column whose header says nothing (群主, 产妇) holds persons' names and nothing else, two at least."""
    header = grid.headers[column]
    if grid.machine or (is_name(header) and has_surname(header)) or standing_of(header) is Standing.OFFICIAL:
        return False
    cells = [cell.text for row in grid.rows if (cell := row.cells[column]) is not None and cell.text]
    return len(cells) > 1 and all(is_name(cell) and has_surname(cell) and cell not in PLACEHOLDERS for cell in cells)


def _is_person(cell: str) -> bool:
    return (is_name(cell) or _ROMANISED.fullmatch(cell) is not None) and not _OF_OFFICES.search(cell)


def _is_sample(grid: Grid) -> bool:
    """Whether the persons of a table are those of a manual: 张三."""
    columns = [column for column, meaning in enumerate(grid.meanings) if meaning == "name"]
    cells = [cell.text for row in grid.rows for column in columns if (cell := row.cells[column]) is not None]
    return bool(cells) and all(cell in _SAMPLES or cell in PLACEHOLDERS for cell in cells)


def is_invented(grid: Grid) -> bool:
    """Whether a table shows how one is filled in: its title says so, and its persons are those of every manual."""
    return _SAMPLE_TITLE.search(grid.title) is not None and _is_sample(grid)


def _may_be_person(cell: str) -> bool:
    """In a column in which names stand, what else begins with a surname is one too, though it be a word."""
    word = _WORD_NAME.fullmatch(cell) is not None and has_surname(cell) and cell not in PLACEHOLDERS
    return _is_person(cell) or word


def _is_thing(cell: str) -> bool:
    """Whether a value under a program's `name` is no person's: it begins with no surname."""
    return "·" not in cell and not cell.isascii() and (len(cell) > _LONGEST_NAME or not has_surname(cell))


def _private_columns(grid: Grid, people: list[int], above: str) -> list[int]:
    meanings = grid.meanings
    if (grid.machine and _is_sample(grid)) or is_invented(grid):
        return []
    strong = [
        column
        for column, meaning in enumerate(meanings)
        if meaning and not meaning.isupper() and meaning != "name" and meaning not in _DEPENDENT
        if (meaning in _OWN or people) and any(_cell_values(meaning, row.cells[column]) for row in grid.rows)
    ]
    if _OLD_NAMES.search(" ".join((above, *grid.headers))):
        strong = [column for column in strong if meanings[column] in _OWN or meanings[column] == "bank_account"]
    if strong and (people or (grid.machine and any(meanings[column] in _OWN for column in strong))):
        strong += [column for column, meaning in enumerate(meanings) if meaning in _DEPENDENT]
    elif people and _is_private_list(grid, people, above):
        strong += [column for column, meaning in enumerate(meanings) if meaning in ("phone", "email")]
        if any(_cell_values(meanings[column], row.cells[column]) for column in strong for row in grid.rows):
            strong += [column for column, meaning in enumerate(meanings) if meaning in ("address", "plate")]
        else:
            strong += [
                column for column, meaning in enumerate(meanings) if meaning == "address" and _is_homes(grid, column)
            ]
    return sorted(strong)


def _is_private_list(grid: Grid, people: list[int], above: str) -> bool:
    """A list of private persons by its headers or its title; or of persons without an office beside them."""
    personal = [
        header for header, meaning in zip(grid.headers, grid.meanings, strict=True) if meaning in ("name", "phone")
    ]
    headers = "".join(personal)
    if PRIVATE_PEOPLE.search(headers) or INVITED.search(headers):
        return True
    if any(meaning in ("OFFICE", "PERSON_OFFICE") for meaning in grid.meanings):
        return False
    for header in personal:  # 报名者 and 联络电话 are no service, where the table begins the document
        above = above.replace(header, "")
    return bool(people) and not SERVANTS.search(above)


def _is_homes(grid: Grid, column: int) -> bool:
    """Whether at least half of a column's addresses lead to a flat or to a farmhouse, not to a shop or an office."""
    if _SITE.search(grid.headers[column]):
        return False
    cells = [cell.text for row in grid.rows if (cell := row.cells[column]) is not None]
    return sum(is_fine(cell) and _HOME.search(cell) is not None for cell in cells) * 2 >= max(1, len(cells))


def _cell_values(meaning: str, cell: GridCell | None) -> list[Range]:
    return [] if cell is None else private_ranges(meaning, cell.text, cell.start)


def private_ranges(meaning: str, value: str, start: int) -> list[Range]:
    """The ranges in which the private values of a cell, or of a labelled field, stand; it begins at `start`."""
    if meaning in _ILLNESSES and _COUNTS.fullmatch(value):
        return []
    masks = list(phone_masks(value)) if meaning == "phone" else []
    if masks:
        return [(start + mask.start, start + mask.end) for mask in masks if is_thin(mask)]
    if _EMPTY.fullmatch(value) or _MASK.search(value) or (meaning == "phone" and _PLACEHOLDER.search(value)):
        return []
    return [(start + low, start + high) for low, high in _VALUES.get(meaning, _whole)(value)]


def is_fixed_line(value: str) -> bool:
    """Whether a cell is a fixed line and nothing else: beside somebody's office it is the office's."""
    return _FIXED_LINE.fullmatch(value) is not None


def said_ranges(value: str, start: int) -> list[Range]:
    """The range of a value as a whole, unless it says nothing or is masked."""
    return [] if not value or _EMPTY.fullmatch(value) or _MASK.search(value) else [(start, start + len(value))]


def column_values(grid: Grid, ordinal: int, column: int, read_as: str = "") -> list[Value]:
    """The private values of a column; `read_as`: what its header (开户行及账号) or they mean besides."""
    meaning, header = read_as or grid.meanings[column], grid.headers[column]
    of_office = meaning == "phone" and "OFFICE" in grid.meanings
    cells = [(row.number, cell) for row in grid.rows if (cell := row.cells[column]) is not None]
    held = [
        (number, place)
        for number, cell in cells
        if not (of_office and is_fixed_line(cell.text))
        for place in _cell_values(meaning, cell)
    ]
    if not held:
        return []
    first, last = held[0][0], held[-1][0]
    sheet = f"{grid.sheet}：" if grid.sheet else ""
    note = tr(
        f"{sheet}列“{header}”，第 {first}–{last} 行，共 {len(held)} 个",
        f"{sheet}column “{header}”, rows {first}–{last}, {len(held)} values",
    )
    return [Value(meaning, start, end, note, f"t{ordinal}:c{column}{read_as}") for _, (start, end) in held]
