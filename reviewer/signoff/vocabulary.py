"""The words a chain is told in: roles, opinions, states, channels; each with its Chinese and its English name."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from reviewer.language import tr
from reviewer.terms import Ruling


class Worded(StrEnum):
    """An enumeration whose members carry, beside the stored value, the word in both languages."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    @property
    def label(self) -> str:
        """The word in the language in use."""
        return tr(self.zh, self.en)


class Role(Worded):
    """What a person may do in this unit."""

    DRAFTER = "drafter", "承办人", "drafter"
    PUBLISHER = "publisher", "发布人", "publisher"
    REVIEWER = "reviewer", "审核人", "reviewer"
    PROOFREADER = "proofreader", "校对", "proofreader"
    SECTION_HEAD = "section_head", "科室负责人", "head of section"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查人", "secrecy reviewer"
    DISCLOSURE_OFFICE = "disclosure_office", "政府信息公开工作机构", "disclosure office"
    BUSINESS_DEPT = "business_dept", "业务主管部门", "competent department"
    SECRECY_OFFICE = "secrecy_office", "保密办", "secrecy office"
    LEADER = "leader", "分管领导", "leader"
    SECRECY_LEADER = "secrecy_leader", "分管保密领导", "leader for secrecy"
    PUBLICITY_LEADER = "publicity_leader", "分管宣传领导", "leader for publicity"
    MAIN_LEADER = "main_leader", "主要领导", "head of the unit"
    SECRECY_COMMITTEE = "secrecy_committee", "保密委员会", "secrecy committee"
    ADMINISTRATOR = "administrator", "管理员", "administrator"


class Opinion(Worded):
    """What a reviewer or leader says of a package; asking another organ (商请) is an act of its own."""

    AGREE = "agree", "同意公开", "agree"
    PARTIAL = "partial", "部分公开（区分处理）", "agree to this part"
    SUBMIT_UP = "submit_up", "需报审", "agree, and send it higher"
    AGREE_AFTER_FIX = "agree_after_fix", "修改（脱敏）后同意公开", "agree after a fix"
    RETURN = "return", "退回修改", "return"
    DEFER = "defer", "暂缓公开", "defer"
    ON_REQUEST = "on_request", "依申请公开", "on request only"
    REFUSE = "refuse", "不予公开", "refuse"


class Status(Worded):
    """Where a case stands."""

    SUBMITTED = "submitted", "已送审", "submitted"
    REVIEWED = "reviewed", "已审核", "reviewed"
    CONSULTING = "consulting", "商请中", "consulting"
    DEFERRED = "deferred", "暂缓", "deferred"
    RETURNED = "returned", "退回修改", "returned"
    REFUSED = "refused", "不予公开", "refused"
    ON_REQUEST = "on_request", "依申请公开", "on request only"
    QUARANTINED = "quarantined", "隔离", "quarantined"
    APPROVED = "approved", "同意公开", "approved"
    PUBLISHED = "published", "已发布", "published"
    WITHDRAWN = "withdrawn", "撤回", "withdrawn"
    TAKEN_DOWN = "taken_down", "已撤除", "taken down"
    CORRECTED = "corrected", "已更正", "corrected"
    INCIDENT = "incident", "疑似泄密，待撤除", "suspected leak, still on line"
    ARCHIVED = "archived", "已归档", "on file"


class Overdue(Worded):
    """What happens when a review takes too long. There is no member that approves: silence is never consent."""

    REMIND = "remind", "提醒经办人", "remind who has it in hand"
    ESCALATE = "escalate", "提醒经办人并报签批领导", "remind, and tell who signs last"


class Channel(Worded):
    """Where the package is to appear; an approval holds for one of them."""

    WEBSITE = "website", "政府网站", "website"
    NEW_MEDIA = "new_media", "政务新媒体", "new media"
    GAZETTE = "gazette", "政府公报", "gazette"
    PRESS = "press", "报刊", "press"
    BROADCAST = "broadcast", "广播电视", "broadcast"
    BULLETIN = "bulletin", "公开栏", "bulletin board"
    READING_PLACE = "reading_place", "查阅场所", "reading place"
    ON_REQUEST = "on_request", "依申请提供", "on request"
    OTHER = "other", "其他", "other"


class Attribute(Worded):
    """The disclosure attribute proposed at drafting (公开属性)."""

    PROACTIVE = "proactive", "主动公开", "proactive"
    ON_REQUEST = "on_request", "依申请公开", "on request"
    NONE = "none", "不予公开", "not disclosed"


class Origin(Worded):
    """Whose information it is (信息来源)."""

    OWN = "own", "本单位制作", "own"
    SUPERIOR = "superior", "上级机关", "superior organ"
    OTHER_ORGAN = "other_organ", "其他机关", "another organ"
    REPOST = "repost", "转载", "repost"


class Ground(Worded):
    """Why something is not disclosed: article and paragraph matter of 政府信息公开条例 (2019), or the local list."""

    STATE_SECRET = "14.1", "条例第十四条：国家秘密", "art. 14: state secrets"
    FORBIDDEN_BY_LAW = "14.2", "条例第十四条：法律、行政法规禁止公开", "art. 14: forbidden by law"
    SAFETY_AND_STABILITY = "14.3", "条例第十四条：三安全一稳定", "art. 14: safety and stability"
    TRADE_SECRET = "15.1", "条例第十五条：商业秘密", "art. 15: trade secrets"
    PERSONAL_PRIVACY = "15.2", "条例第十五条：个人隐私", "art. 15: personal privacy"
    INTERNAL_AFFAIRS = "16.1", "条例第十六条：内部事务信息", "art. 16: internal affairs"
    IN_PROCESS = "16.2", "条例第十六条：过程性信息", "art. 16: information in process"
    ENFORCEMENT_FILES = "16.3", "条例第十六条：行政执法案卷信息", "art. 16: enforcement files"
    LOCAL_LIST = "local", "本地负面清单", "local negative list"


class Addressee(Worded):
    """Who is asked in a consult."""

    SECRECY_ADMINISTRATION = "secrecy_administration", "保密行政管理部门", "secrecy administration"
    THIRD_PARTY = "third_party", "第三方（权利人）", "third party"
    ORGAN = "organ", "联合或来源机关", "joint or originating organ"
    CO_ISSUER = "co_issuer", "共同制作机关", "co-issuing organ"


class Outcome(Worded):
    """What the addressee answered, in writing; there is no member for silence."""

    NOT_SECRET = "not_secret", "非密", "not secret"
    SECRET = "secret", "属密", "secret"
    ADVICE = "advice", "建议", "advice"
    CONSENT = "consent", "同意公开", "consents"
    OBJECTION = "objection", "不同意公开", "objects"


class Conclusion(Worded):
    """What a person concludes from an objection or from silence; `DEEMED` is the law's own conclusion (art. 34)."""

    DISCLOSE = "disclose", "决定公开", "disclose"
    WITHHOLD = "withhold", "决定不公开", "withhold"
    DEEMED = "deemed", "视为同意公开", "deemed consent"


class Recipient(Worded):
    """Whom a suspected leak must be reported to (保密法实施条例 (2024) art. 61): both."""

    SECRECY_ADMINISTRATION = "secrecy_administration", "同级保密行政管理部门", "secrecy administration"
    SUPERIOR = "superior", "上级主管部门", "superior organ"


class Remedy(Worded):
    """Where else a published package has to come off, beside its page."""

    ATTACHMENT = "attachment", "附件直接链接", "direct links to attachments"
    CACHE = "cache", "搜索引擎快照、网站缓存", "search engine copies, caches"
    NEW_MEDIA = "new_media", "政务新媒体", "new media"
    SUBORDINATE = "subordinate", "下级网站、转载网站", "subordinate and reposting sites"
    COPIES = "copies", "已下载、转发的副本", "copies that were passed on"


class Retention(Worded):
    """How long a case is kept (机关文件材料归档范围和文书档案保管期限规定, 2006: 永久, 30 年, 10 年)."""

    TEN_YEARS = "10", "10 年", "10 years"
    THIRTY_YEARS = "30", "30 年", "30 years"
    PERMANENT = "permanent", "永久", "for ever"


RULED_ZH = {Ruling.CONFIRMED: "属实", Ruling.FALSE_POSITIVE: "误报", Ruling.RELEASABLE: "可公开"}
