"""Headers that programs write: English, camelCase, snake_case, pinyin and initials (`idNo`, `bank_card`, `sfzh`)."""

from __future__ import annotations

import re

from reviewer.text.lazy import lazy

# Patterns over the header's lower-case letters without anything between them; the first that matches gives the meaning.
_MEANINGS: tuple[tuple[str, str], ...] = (
    (
        "NUMBER",
        r"(?:order|device|serial|equip|trans|trade|flow|batch|ticket|invoice|contract|case|book|exam|file|doc(?=id)|task|"
        r"trace|session|request|sku|imei|imsi|mac|ip|port|uuid|guid|token|sign|version|app|ref|log|seq|goods|asset|staff|"
        r"isbn|issn|bar|emp(?:loyee)?|job|credit|tax|org|licen[cs]e|permit|usc|zkz)(?:no|num|number|code|id|addr|address|sn|key|h|hm)?s?",
    ),
    (
        "NEUTRAL",
        r"(?:office|hot|service|duty|fax|org|company|dept|unit|school|hospital|help|report|public|support|consult)[a-z]{0,6}"
        r"(?:line|phone|tel|telephone|fax|mail|email|addr|address|mobile)|"
        r"(?:pay(?:er|or|ing)|remit(?:ter|ting)?|org|company|corp(?:orate)?|office|unit|dept|agency|bureau|fund|treasury)"
        r"[a-z]{0,6}(?:acc(?:oun)?t|bank(?:card)?|iban)(?:no|num|number|id)?|fax|hotline|host|url|website|zip(?:code)?|postcode",
    ),
    ("email", r"(?:[a-z]{0,12}?)e?mail(?:addr|address)?|youxiang|dzyx|yx"),
    ("wechat_qq", r"(?:[a-z]{0,8}?)(?:wechat|weixin)(?:no|id|h|hao)?|wxh|wxid|qq(?:no|num|number|h|hao)?"),
    (
        "biometric",
        r"(?:face|finger(?:print)?|fp|iris|voice(?:print)?|palm)(?:id|no|code|token|feature|template|data)?|rlid|zwbh",
    ),
    ("passport", r"passport[a-z]{0,6}|huzhao[a-z]{0,4}|hzhm"),
    ("driver_licence", r"driv(?:er|ing)s?licen[cs]e[a-z]{0,6}|jszh?m?|jiashizheng[a-z]{0,4}"),
    ("military_id", r"military(?:id|card|no)[a-z]{0,4}|jgzh?|junguanzheng[a-z]{0,4}"),
    ("disability_no", r"disab(?:led|ility)(?:card|cert|id|no)[a-z]{0,6}|cjzh?m?|canjizheng[a-z]{0,4}"),
    ("student_no", r"xjh|xueji(?:hao)?|studentregno|schoolrollno"),
    ("property_cert_no", r"bdcqzh|bdczh|fczh|fangchanzheng[a-z]{0,4}|(?:property|house|estate)cert[a-z]{0,6}"),
    (
        "social_security_no",
        r"ssn|sbkh|sbh|sbbh|ybkh|ybbh|ybh|grbh|shebao[a-z]{0,6}|yibao[a-z]{0,6}|(?:social(?:security|insurance)?|medical(?:insurance)?|"
        r"insured?|medicare|provident(?:fund)?|housingfund)(?:card|account|no|num|number|id)+",
    ),
    (
        "resident_id",
        r"(?:[a-z]{0,12}?)(?:id(?:card|no|num|number|code|cardno|cardnum|cardnumber)|identity(?:card|no|num|number|code)*|"
        r"identification(?:no|num|number|card)*|certificate(?:no|num|number)|cert(?:no|num|number|code|id)?|citizenid|"
        r"nationalid|personid(?:card|no)|doc(?:ument)?(?:no|num|number)|cardid)|sfzh?m?|sfzhm|gmsfhm|sfhm|zjhm?|zhengjian[a-z]{0,6}|"
        r"shenfen[a-z]{0,10}",
    ),
    (
        "bank_account",
        r"(?:[a-z]{0,10}?)(?:bank(?:card|account|acct|no|num|number|acc)[a-z]{0,6}|acc(?:oun)?t(?:no|num|number|id)?|cardno|"
        r"card|cardnum(?:ber)?)|yhkh?m?|yhzh|yhkzh|yinhang(?:ka|zhang)[a-z]{0,4}|zhanghao|kahao|yktzh|ykth|yztzh",
    ),
    (
        "phone",
        r"(?:[a-z]{0,12}?)(?:phone|mobile|tele?phone|tel|cell(?:phone)?|msisdn|contact(?=no|num|way|phone|info))"
        r"(?:no|num|number|nbr|way|info|phone|h)?[0-9]?|lxdh|lxfs|sjhm?|dhhm?|sj|dh|shouji[a-z]{0,4}|dianhua[a-z]{0,4}|"
        r"lianxi(?:dianhua|fangshi)",
    ),
    ("birth_date", r"(?:[a-z]{0,10}?)(?:birth(?:day|date|dt|time)?|dateofbirth|dob)|csrq|sr|shengri|chushengriqi"),
    (
        "home_address",
        r"(?:home|residen(?:ce|tial|t)|household|living|live|domicile|permanent|huji|hukou|family|census|register(?:ed)?home)"
        r"(?:addr|address|place)?|jtzz|jtdz|jzdz|hjdz|hkdz|xzz|xzdz|zhuzhi|jiatingzhuzhi|hujidizhi|jtzhuzhi",
    ),
    ("address", r"(?:[a-z]{0,10}?)(?:addr|address|addressdetail|detailaddr)|dz|dizhi|txdz|lxdz"),
    (
        "medical_condition",
        r"(?:[a-z]{0,8}?)(?:diagnos[ie]s|disease|illness|symptom|healthstatus)(?:name|desc)?|bingzhong|zhenduan|jbmc",
    ),
    ("disability", r"disab(?:ility|led)[a-z]{0,6}|cjlb|cjdj|cjlx|canji[a-z]{0,6}"),
    ("hardship_reason", r"(?:poverty|hardship)(?:reason|cause)|zpyy|zhipinyuanyin|knyy"),
    ("marital_status", r"marital(?:status)?|marriage(?:status)?|hyzk|hunyin[a-z]{0,8}"),
    (
        "location_track",
        r"(?:last|current|cur|real)(?:pos(?:ition)?|loc(?:ation)?|place|seen(?:at)?)|trajectory|guiji|xingzong",
    ),
    ("religion_ethnicity_sensitive", r"religion|faith|zjxy|zongjiao[a-z]{0,6}"),
    (
        "income_or_account_balance",
        r"(?:[a-z]{0,10}?)(?:income|salary|wages?|balance|deposit|debt|overdueamt|overdueamount)|nsr|ysr|shouru|yue",
    ),
    (
        "plate",
        r"(?:license|car|vehicle)?plate(?:no|num|number)?|(?:car|vehicle)(?:no|num|number)|cph|cphm|chepai[a-z]{0,4}",
    ),
    (
        "OFFICE",
        r"(?:[a-z]{0,8}?)(?:org|organi[sz]ation|dept|department|company|corp|enterprise|agency|bureau|office|hospital|station|"
        r"store|shop|supplier|bidder|vendor|institution)(?:name)?|unitname|workunit|position|post|duty|jobtitle|title|role|"
        r"dw(?:mc)?|danwei|zw|zhiwu|bm(?:mc)?|jgmc|qymc|gsmc",
    ),
    (
        "PERSON_OFFICE",
        r"(?:operator|agent|handler|auditor|author|editor|creator|contact|linkman|principal|legalperson|manager|doctor|"
        r"teacher)(?:name)?|jbr|lxr|fzr|fddbr|lianxiren",
    ),
    (
        "",
        r"(?:file|host|domain|table|class|field|product|goods|project|item|nick|login|app|module|path|bank|city|county|area|street|"
        r"village|town|community|road|device|model|brand|event|task|job|column|server|display|screen)name",
    ),
    (
        "name",
        r"(?:[a-z]{0,12}?)name(?:cn|zh)?|nm|xm|xingming|hzxm|hz|huzhu(?:xingming)?|applicant|guardian|patient|visitor|holder|owner|"
        r"customer|student|insured|payee|person|user|jhrxm|sqr|sqrxm|hm|huming|resident|householder|householdhead|headofhousehold|beneficiary|recipient|claimant|tenant",
    ),
    (
        "NEUTRAL",
        r"id|no|xh|gender|sex|xb|xingbie|age|nl|mz|minzu|nation(?:ality)?|ethnic(?:ity|group)?|amount|money|je|jine|date|time|rq|remark|memo|note|bz|status|"
        r"state|type|code|num|count|village|town|county|city|province|community|area|zu|cun|edu(?:cation)?|xl|level|grade|class|"
        r"subject|score|rank|kaihuhang|khh|bankname|relation(?:ship)?|gx|(?:create|update|apply|pay|begin|end|start|visit)"
        r"[a-z]{0,4}(?:time|date|at)",
    ),
)
_COMPILED = tuple((meaning, lazy(pattern)) for meaning, pattern in _MEANINGS)
_LATIN = lazy(r"[A-Za-z][A-Za-z0-9_ .#()/\-]{0,39}")
_FRAMES = lazy(r"^(?:t|f|c|v|str|user|usr|cust|member|person|psn|p|info|data)_|_(?:t|f|txt|str|val|value)$|\([^()]*\)")


def is_latin(header: str) -> bool:
    """Whether a header is written without Chinese characters."""
    return _LATIN.fullmatch(header) is not None


def latin_meaning(header: str) -> str | None:
    """The meaning of such a header; None where the header says nothing that is known here."""
    if not is_latin(header):
        return None
    if header == "ID":
        return "resident_id"  # of a form; a program's own key is written small
    for form in (header, _FRAMES.sub("", header.lower())):
        letters = re.sub(r"[^a-z]", "", form.lower())
        for meaning, pattern in _COMPILED:
            if letters and pattern.fullmatch(letters):
                return meaning
    return None
