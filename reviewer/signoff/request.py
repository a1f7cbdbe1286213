"""What can be said of a request for information (依申请公开): it came in, was supplemented, answered.

Terms and rows are those of the annual report's table (国办公开办函〔2021〕30号, 第三部分): the register is counted
into it as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.signoff.codec import later
from reviewer.signoff.vocabulary import Worded


class Means(Worded):
    """How a request came in."""

    IN_PERSON = "in_person", "当面", "in person"
    POST = "post", "邮寄", "by post"
    NETWORK = "network", "网络", "by network"
    FAX = "fax", "传真", "by fax"


class Applicant(Worded):
    """Who asks, in the columns of the annual report."""

    NATURAL_PERSON = "natural_person", "自然人", "natural person"
    COMPANY = "company", "商业企业", "company"
    RESEARCH = "research", "科研机构", "research institution"
    WELFARE = "welfare", "社会公益组织", "public welfare body"
    LEGAL_SERVICE = "legal_service", "法律服务机构", "legal service"
    OTHER = "other", "其他", "other"


class Result(Worded):
    """How a request ended, in the rows of the annual report."""

    DISCLOSED = "disclosed", "予以公开", "disclosed"
    PARTIAL = "partial", "部分公开", "disclosed in part"
    STATE_SECRET = "withheld_state_secret", "属于国家秘密", "state secret"
    FORBIDDEN = "withheld_forbidden", "其他法律行政法规禁止公开", "forbidden by law"
    SAFETY = "withheld_safety", "危及“三安全一稳定”", "safety and stability"
    THIRD_PARTY = "withheld_third_party", "保护第三方合法权益", "rights of third parties"
    INTERNAL = "withheld_internal", "属于三类内部事务信息", "internal affairs"
    IN_PROCESS = "withheld_in_process", "属于四类过程性信息", "information in process"
    ENFORCEMENT = "withheld_enforcement", "属于行政执法案卷", "enforcement files"
    INQUIRY = "withheld_inquiry", "属于行政查询事项", "matter of administrative inquiry"
    NOT_HELD = "unavailable_not_held", "本机关不掌握相关政府信息", "not held"
    TO_BE_MADE = "unavailable_to_be_made", "没有现成信息需要另行制作", "would have to be made"
    UNCLEAR = "unavailable_unclear", "补正后申请内容仍不明确", "still unclear"
    PETITION = "dismissed_petition", "信访举报投诉类申请", "petition or complaint"
    REPEATED = "dismissed_repeated", "重复申请", "repeated"
    PUBLICATION = "dismissed_publication", "要求提供公开出版物", "asks for a publication"
    EXCESSIVE = "dismissed_excessive", "无正当理由大量反复申请", "excessive without reason"
    CONFIRMATION = "dismissed_confirmation", "要求行政机关确认或重新出具已获取信息", "asks for confirmation"
    ABANDONED = "other_abandoned", "逾期不补正、视为放弃", "not supplemented in time"
    UNPAID = "other_unpaid", "逾期未按收费通知缴费、视为放弃", "fee not paid in time"
    OTHER = "other_other", "其他", "other"


WITHHELD = frozenset(result for result in Result if result.value.startswith("withheld_"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request came in. `received` is the day from which the time runs (条例第三十一条).

    `applicant` is counted; who it is stands in the paper file, here at most a masked name.
    """

    means: Means
    received: str
    applicant: Applicant
    matter: str
    masked_name: str = later("")
    form: str = later("")
    section: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """The applicant was asked to make the request clear (条例第三十条); `answered` is empty until that came."""

    letter: str
    asked: str
    answered: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The written answer (条例第三十六条). `case` is the case under which what was given was reviewed."""

    result: Result
    letter: str
    day: str
    case: str = later("")
    note: str = later("")
