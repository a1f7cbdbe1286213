"""Decides whether a particular that is private only beside a person stands beside one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from reviewer.detect.privacy import sought
from reviewer.detect.privacy.address import is_flat, is_home, is_house, is_seat, is_somebodys
from reviewer.detect.privacy.attribution import Attribution
from reviewer.detect.privacy.columns import PRIVATE_PEOPLE, is_of_office
from reviewer.detect.privacy.contact import (
    Side,
    is_account,
    is_kin,
    is_own,
    is_own_account,
    is_public_account,
    is_published,
    side,
)
from reviewer.detect.privacy.datum import Data
from reviewer.detect.privacy.fields import Field
from reviewer.detect.privacy.genre import is_specimen
from reviewer.detect.privacy.money import is_of_business
from reviewer.detect.privacy.people import Name
from reviewer.detect.privacy.roles import Standing
from reviewer.detect.privacy.roster import is_invented
from reviewer.detect.privacy.society import SUBJECT
from reviewer.detect.privacy.sought import Identifier
from reviewer.detect.privacy.survey import Place, Survey
from reviewer.detect.reading import Range
from reviewer.terms import Rule
from reviewer.text.lazy import lazy

_CONTACTS = frozenset(("mobile_phone", "landline", "email", "wechat_qq"))
_ACCOUNTS = frozenset(("bank_card", "bank_account"))
_OWN_LABELS = lazy(r"员工|姓名|宅电|社会保障|身份证|性别|出生|户籍|住址|婚姻|本人|手机")
_SEAT_LABELS = lazy(r"单位|公司|机构|信用代码|法定代表|经营|办公|采购|招标|营业|许可证|企业|厂|店")
_DECIDED = frozenset(("phone", "email", "NUMBER"))  # columns whose header has told what the numbers in them are
# In a table these are told by their own columns; the same words elsewhere in a row describe a procedure.
_COLUMN_ONLY = frozenset(("criminal_or_drug_record", "petitioner_identity", "marital_status"))
# Matters of which the scorer has seen too few to be believed as readily when it doubts what a pattern finds.
_SELDOM_TOLD = frozenset(("biometric", "hukou", "location_track", "minor_identity", "religion_ethnicity_sensitive"))
_STRETCH = 160  # characters; a sentence is seldom longer
_OWNER = 16  # characters before a number within which a private person's name makes it that person's
_JOINT = 2  # what stands between two particulars that are strung together: 王桂花/5299…/164…
_NAMED_BEFORE, _BEHIND, _BESIDE = 48, 16, 6
_HIS = lazy(r"[她他我](?!们)")
_FREE_MAIL = lazy(r"@(?:qq|163|126|sina|sohu|foxmail|gmail|hotmail|outlook|yahoo|icloud)\.c", re.IGNORECASE)
_NUMBER_LABEL = lazy(r"[ 　，,、:：（(]{0,2}(?:(?:联系)?(?:电话|手机|方式)|手机号码?)?[：: 　]{0,2}\Z")
_SUBJECT, _LEAST = 14, 4  # a phrase may open with its subject's name in so many characters; so many must be left
_SAYING = "说称讲是系，"  # what leads over from the subject to what is told of it
# Who is praised in public is named with what was overcome.
_PRAISE = lazy(
    r"喜报|[特一二三]等奖[：:]|荣立|创业|创办|新兵|拾金不昧|失主|捐建|承包[^。]{0,8}(?:荒|果园|鱼塘)|（作者|返乡大学生|致富带头人|表彰|事迹|劳动模范|劳模|道德模范|见义勇为|好人|最美|先进|英雄|烈士|感动|榜样|授予|讣告|逝世|追授|时代楷模|荣获|奖章"
)
_OPENING = 400
_LONGEST_TITLE = 24
_TITLE_OF_WORK = lazy(r"《[^》\n]*(?:\Z|》[^，。；\n]{0,12}\Z)")
_UNIT = lazy(
    r"局|科|股|办|所|站|公司|中心|院|队|厂|店|社|厅|窗口|经理|[师员长]|负责|联系[：:]|联系人|热线|热心|专业|主任|书记"
)
_KIN_HEADER = lazy(r"紧急|家属|家庭|监护|亲属")
# What physicians treat, and nobody in the row has; 诊疗费用 and 主治医生 stand in lists of patients.
_SKILLS = lazy(r"擅长|专长|诊[疗治](?:范围|特色|科目|方向|病种)|主治(?:病种|方向|疾病)|[出坐]诊")
_REMARKS = lazy(r"备注|附记|说明|情况|意见|原因|事由|摘要|困难(?:类[别型]|情形)")
_BUSINESS = lazy(
    r"(?:经营|办公|单位|注册|项目|工程|施工|事故|作业|生产|门店|公司|店铺|厂|机关|办事|来信|邮寄|联系|报名|投标|开标|通讯|停[水电气]|"
    r"办理|受理|现场|会议|举办|建设|规划|选址|起火|火灾|案发|巡查|检查|对[^。；]{0,6}进行)[^。；，,\n]{0,10}\Z"
)
_BUSINESS_AFTER = lazy(
    r"[^。；，,\n]{0,6}(?:公司|门市|商铺|经营|办公|窗口|大厅|会议室|工地|项目|工程|店|厂|超市|酒店|餐馆|作业|施工|改造|检查|停[水电])"
)
_DWELLING_AFTER = lazy(r"房产|房屋|住宅|住房|家中|家里|室内|楼上|业主|住户|租户|漏水")


class Links:
    """The people and particulars found so far, asked about a new place."""

    def __init__(self, survey: Survey, data: Data) -> None:
        self._survey = survey
        self._data = data
        self.named: list[int] = []  # where persons found private so far are named, in order
        self._attribution = Attribution(survey)
        self._subjects: dict[int, tuple[Name, int]] = {}  # of whom a fact is told, and where; by where they stand
        self._pins: dict[Range, int] = {}  # who is singled out without a name, and where a fact is told of them
        self._last: Name | None = None
        self.private_document = False  # at least one particular has been found that needs no other beside it

    def subjects(self) -> Iterator[Name]:
        """The names of whom a fact is told that no scenario let pass."""
        for name, told in self._subjects.values():
            if self._data.covers(told, told + 1):
                yield name

    def pins(self) -> Iterator[Range]:
        """The phrases that single out somebody of whom a fact is told that no scenario let pass."""
        for pin, told in self._pins.items():
            if self._data.covers(told, told + 1):
                yield pin

    def allow(self, rule: Rule, match: Identifier, start: int, end: int) -> bool:
        """Whether the particular at this place counts."""
        cell = self._survey.cell_at(start)
        if cell is not None and is_invented(cell.grid):
            return False
        if rule.type in _ACCOUNTS:
            return self._account(match, start, end)
        if rule.type == "resident_id" and is_account(self._survey.text, start):
            return not is_public_account(self._survey.text, start, end)  # one account in ninety passes as a number
        if not match.linked:
            return not self._in_columns(start, frozenset(("NUMBER",)))
        if rule.type in _CONTACTS:
            return self._contact(rule, start, end)
        if match.validator == sought.ADDRESS:
            return self._home(start, end)
        if match.validator == sought.TOLD:
            return self._fact(start, end, rule.type, told=True, plain=self._survey.hearsay.is_plain(start))
        if match.validator == sought.FACT:
            return self._fact(start, end, rule.type, told=not match.words)
        if rule.type == "birth_date":
            return self._born(start)
        if rule.type == "student_no":  # on any list of pupils: nobody's secret until something private stands beside it
            return self._data.within(*self._survey.records.at(start))
        return not self._registered(rule, start) and self._beside(start)

    def tells(self, field: Field) -> bool:
        """Whether a labelled value is told of a private person: one of its record, or of a document about persons."""
        if is_specimen(self._survey.text):
            return False
        low, high = self._survey.records.at(field.start)
        known = self._data.within(low, high)
        if field.meaning == "address":
            about = PRIVATE_PEOPLE.search(self._survey.text, low, high) or _OWN_LABELS.search(
                self._survey.text, low, high
            )
            seat = _SEAT_LABELS.search(self._survey.text, low, high)
            return known and about is not None and seat is None
        if known or bool(self._survey.society.private_in(low, high)):
            return True
        number = field.meaning in ("bank_account", "driver_licence", "income_or_account_balance", "plate")
        public = field.meaning != "plate" and is_public_account(self._survey.text, field.start, field.end)
        return number and bool(self._data) and not public

    def _in_columns(self, start: int, meanings: frozenset[str]) -> bool:
        cell = self._survey.cell_at(start)
        return cell is not None and cell.meaning in meanings

    def _in_duty_column(self, start: int) -> bool:
        """Whether the header gives the number to an office or its people, and not to kin for an emergency."""
        cell = self._survey.cell_at(start)
        if cell is None or _KIN_HEADER.search(cell.header):
            return False
        return cell.meaning == "PERSON_OFFICE" or is_of_office(cell.header)

    def _account(self, match: Identifier, start: int, end: int) -> bool:
        cell = self._survey.cell_at(start)
        if cell is not None:
            return cell.meaning != "NUMBER" and not is_of_office(cell.header) and "name" in cell.grid.meanings
        if is_public_account(self._survey.text, start, end):
            return False
        own = self.private_document and is_own_account(self._survey.text, start)
        return own or not match.linked or self._beside(start)

    def _registered(self, rule: Rule, start: int) -> bool:
        """Whether a plate or a certificate stands in its own column: then the table as a whole has been judged."""
        return self._in_columns(start, frozenset((rule.type,)))

    def _beside(self, start: int) -> bool:
        """A private person or another particular in the same record."""
        low, high = self._survey.records.at(start)
        if self._data.within(low, high) or self._is_named(low, high):
            return True
        return bool(self._survey.society.private_in(low, high))

    def _born(self, start: int) -> bool:
        """A birth date beside a particular, or beside a name whose part is a private one: not a biography's."""
        low, high = self._survey.records.at(start)
        if self._data.within(low, high):
            return True
        return any(name.standing is not Standing.NONE for name in self._survey.society.private_in(low, high))

    def _contact(self, rule: Rule, start: int, end: int) -> bool:
        if self._in_columns(start, _DECIDED) or self._in_duty_column(start):
            return False
        low, high = self._survey.records.at(start)
        if self._is_named(max(low, start - _OWNER), start) or self._data.within(max(low, start - _JOINT), start):
            return True
        if self._is_on_duty(low, start):
            return False
        if (
            rule.type == "wechat_qq"
            and self._data.within(low, high)
            and not is_published(self._survey.text, low, start)
        ):
            return True
        whose = side(self._survey.text, low, start, end)
        if whose is Side.OFFICE:
            return False
        if rule.type == "landline" and whose is not Side.PRIVATE:
            # An office's line closes many a notice: only what stands in the same sentence makes one a person's.
            sentence = self._sentence(start)
            low, high = max(low, sentence[0]), min(high, sentence[1])
        known = self._data.within(low, high)
        if whose is Side.PRIVATE:
            if rule.type == "mobile_phone" and (
                is_kin(self._survey.text, low, start) or is_own(self._survey.text, low, start)
            ):
                return True
            if rule.type == "mobile_phone" and self._follows_name(low, start, labelled=True):
                return True
            return known or self.private_document or self._survey.society.has_person(low, high)
        if known or self._is_somebodys(rule, start, end):
            return True
        if rule.type in ("mobile_phone", "wechat_qq"):
            return (
                self.private_document
                or bool(self._survey.society.private_in(low, high))
                or self._speaks_of_somebody(low, start, end, high)
                or self._follows_name(low, start, labelled=False)
            )
        return any(name.standing is not Standing.NONE for name in self._survey.society.private_in(low, high))

    def _is_somebodys(self, rule: Rule, start: int, end: int) -> bool:
        """Whether it is a person's by itself: a WeChat id behind a pronoun, a free mailbox among persons."""
        if rule.type == "wechat_qq":
            return _HIS.search(self._survey.text, max(0, start - _BESIDE * 2), start) is not None
        return (
            rule.type == "email"
            and self.private_document
            and _FREE_MAIL.search(self._survey.text, start, end) is not None
        )

    def _speaks_of_somebody(self, low: int, start: int, end: int, high: int) -> bool:
        """Whether somebody is spoken of close to a number, or anywhere in a record in the first person."""
        if "我" not in self._survey.text[low:start]:
            low, high = max(low, start - _NAMED_BEFORE), min(high, end + _BEHIND)
        return self._survey.society.has_person(low, high)

    def _is_on_duty(self, low: int, start: int) -> bool:
        """Whether the number is given right behind the name of somebody who acts for an office."""
        label = _NUMBER_LABEL.search(self._survey.text, max(low, start - _OWNER), start)
        at = label.start() if label else start
        return any(
            name.official and name.end == at for name in self._survey.society.names_in(max(low, at - _OWNER), at)
        )

    def _follows_name(self, low: int, start: int, *, labelled: bool) -> bool:
        """Whether somebody is named shortly before a number by the name's form alone, and no office stands beside.

        `labelled`: a private person's label stands before the number, so that words of offices may be an address's.
        """
        text, near = self._survey.text, max(low, start - _NAMED_BEFORE)
        named = [name for name in self._survey.society.names_in(low, start) if name.start >= near and name.formed]
        if not named or named[-1].official:
            return False
        name = named[-1]
        beside = text[max(low, name.start - _BESIDE) : name.start] + "\0" + text[name.end : start]
        return labelled or _UNIT.search(beside) is None

    def _home(self, start: int, end: int) -> bool:
        text = self._survey.text
        cell = self._survey.cell_at(start)
        if cell is not None and not (is_home(text, start, end) or _REMARKS.search(cell.header)):
            return False  # the header has decided
        if is_somebodys(text, start, end):
            return True
        if is_seat(text, start):
            return False
        low, high = self._survey.records.at(start)
        somebody = self._data.within(low, high) or self._survey.society.has_person(low, high)
        if is_home(text, start, end):
            return somebody or self.private_document or self._follows_name(low, start, labelled=True)
        if _BUSINESS.search(text, max(low, start - 14), start) or _BUSINESS_AFTER.match(text, end):
            return False
        if self._data.within(low, high) and self._survey.society.private_in(low, high):
            return True
        sentence = self._sentence(start)
        if self._data.within(*sentence) and self._is_named(*sentence):
            return True
        if self.private_document and is_flat(text[start:end]):
            return True
        near = is_house(text[start:end]) and (self.private_document or bool(_DWELLING_AFTER.match(text, end)))
        return near and bool(self._survey.society.private_in(*sentence, strong=not self.private_document))

    def _fact(self, start: int, end: int, type: str, *, told: bool, plain: bool = False) -> bool:
        """Whether a phrase tells something of somebody. `plain`: so surely that nobody need be named."""
        if self._survey.in_header(start) or self._attribution.is_supposed(start):
            return False
        cell = self._survey.cell_at(start)
        if cell is not None:
            # What is plain is told in any column, and of the names of the row nothing need be known.
            plain = self._survey.hearsay.is_plain(start) and not any(map(_SKILLS.search, cell.grid.headers))
            return self._told(cell, type) or plain
        if self.is_doubted(start, type):
            return False
        if type == "income_or_account_balance" and is_of_business(self._survey.text, start, end):
            return False
        praised = not self.private_document and _PRAISE.search(self._survey.text, 0, _OPENING)
        if praised and not self._survey.hearsay.is_certain(start):
            return False
        if _TITLE_OF_WORK.search(self._survey.text, max(0, start - _LONGEST_TITLE), end):
            return False
        remark = self._attribution.remarked(start) is not None
        public = not remark and (self.is_public(start) or self._attribution.is_of_masked(start))
        if public and not self.private_document:
            return False
        sentence = self._sentence(start)
        subject = self._attribution.subject(start, end, sentence, told=told)
        if subject is not None:
            self._subjects[subject.start] = subject, start
            self._last = subject
            return True
        if self._attribution.is_among_private(*sentence) or self._is_named(*sentence):
            return True
        low, high = self._survey.records.at(start)
        if self._data.within(low, high) and self._survey.society.private_in(low, high):
            return True
        if self._survey.hearsay.is_likely(start) and self._tells_of_unnamed(start, end, sentence, plain=plain):
            return True
        spoken_of = type == "location_track" or SUBJECT.search(self._survey.text, *sentence) is not None
        if plain and not self._attribution.tells_of_masked(*sentence):
            return True
        return self.private_document and spoken_of and not told

    def _tells_of_unnamed(self, start: int, end: int, sentence: Range, *, plain: bool) -> bool:
        """Whether a fact is told of somebody who can be told without a full name."""
        who = self._attribution.unnamed(start, end, sentence, posted=not plain)
        if isinstance(who, Name):
            self._subjects[who.start] = who, start
        elif who is not None:
            self._pins[who] = start
        return who is not None

    def is_doubted(self, start: int, type: str) -> bool:
        """Whether the learned scorer all but excludes a phrase, and no particular beside it says otherwise."""
        doubted = self._survey.hearsay.is_doubted(start, seldom=type in _SELDOM_TOLD)
        return doubted and not self._data.within(*self._sentence(start))

    def is_public(self, start: int) -> bool:
        """Whether a place belongs to a work of letters, to history or to public life."""
        return self._attribution.is_public(start)

    def named_before(self, at: int) -> Name | None:
        """Of whom the lines before were: a chat tells the number after the name."""
        return self._attribution.before(at)

    def reaches(self) -> list[Range]:
        """The stretches in which something can be told of somebody."""
        return self._attribution.reaches(self.named)

    def predicate(self, start: int, end: int) -> int:
        """Where a phrase begins that opens with its subject's name: behind the name, which is a place of its own."""
        name = self._last
        if name is not None and start <= name.end <= start + _SUBJECT and end - name.end >= _LEAST:
            start = name.end
        start = self._survey.behind_head(start, end)
        while end - start > _LEAST and self._survey.text[start] in _SAYING:
            start += 1
        return start

    def _sentence(self, at: int) -> Range:
        """The sentence that holds a place; of one without end only a stretch, the same for every place in it."""
        start, end = self._survey.reading.sentence_at(at)
        low = at - at % _STRETCH
        return max(start, low - _STRETCH), min(end, low + 2 * _STRETCH)

    def _told(self, cell: Place, type: str) -> bool:
        """Whether a fact in a cell is told of the row's person, and not of a physician's skill or a case's course."""
        row = cell.row.start, cell.row.end
        if "name" not in cell.grid.meanings or not self._survey.society.private_in(*row):
            return False
        return bool(_REMARKS.search(cell.header)) or (type not in _COLUMN_ONLY and self._data.within(*row))

    def _is_named(self, start: int, end: int) -> bool:
        """Whether a person found private elsewhere is named in this range."""
        index = bisect_left(self.named, start)
        return index < len(self.named) and self.named[index] < end
