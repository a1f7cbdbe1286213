"""People who never lived, drawn from a seed: every roster and every letter takes its names and numbers here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from drafts.digits import bank_card, credit_code, draw, mobile, resident_id

T = TypeVar("T")

SURNAMES = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱许何吕施张孔曹严金魏陶姜谢邹柏窦章苏潘葛范彭"
# given names, two characters each
MEN = (
    "德厚有田长根大柱永贵广财福全宗明天佑守义玉山兴旺怀仁光宗春林"
    "家宝志远文斌建业国栋立群少华树人海涛晓峰俊杰子轩宇航佳明一鸣"
)
WOMEN = (
    "桂花秀莲翠英玉兰凤仙冬梅金枝巧云素珍月娥招弟彩霞美华淑琴腊梅"
    "春燕雪琴丽娟慧敏晓燕雅静思琪雨桐欣怡梓涵诗雅若兰静雯佳琳梦洁"
)
VILLAGES = ("清泉村", "上坝村", "下坝村", "竹园村", "新桥村", "龙潭村", "松坡村", "柳溪村")
COMMUNITIES = ("东门社区", "西关社区", "柳荫社区", "桥头社区", "文昌社区", "新城社区")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented person. `born` lies in 1900-1915, so that the id number can be nobody's who is alive."""

    surname: str
    given: str
    sex: str
    born: date
    id: str
    phone: str
    card: str
    village: str
    community: str
    seed: str

    @property
    def name(self) -> str:
        return self.surname + self.given

    def pick(self, what: str, low: int, high: int) -> int:
        """A whole number from `low` to `high` that always is the same for this person and this purpose."""
        return low + draw(self.seed, what) % (high - low + 1)

    def choose(self, what: str, *choices: T) -> T:
        return choices[draw(self.seed, what) % len(choices)]


def person(seed: str, ordinal: int) -> Person:
    """The person with this number, from 1: odd ones are men, even ones are women."""
    seed = f"{seed}#{ordinal}"
    man = ordinal % 2 == 1
    born = date(1900, 1, 1) + timedelta(days=draw(seed, "born") % 5800)
    order = draw(seed, "order") % 499 * 2 + (1 if man else 2)
    names = MEN if man else WOMEN
    given = draw(seed, "given") % (len(names) // 2) * 2
    return Person(
        surname=SURNAMES[draw(seed, "surname") % len(SURNAMES)],
        given=names[given : given + 2],
        sex="男" if man else "女",
        born=born,
        id=resident_id(born, order),
        phone=mobile(draw(seed, "phone")),
        card=bank_card(draw(seed, "card")),
        village=VILLAGES[draw(seed, "village") % len(VILLAGES)],
        community=COMMUNITIES[draw(seed, "community") % len(COMMUNITIES)],
        seed=seed,
    )


def people(seed: str, count: int) -> tuple[Person, ...]:
    """So many people with different names; men and women are mixed."""
    found: dict[str, Person] = {}
    ordinal = 0
    while len(found) < count:
        ordinal += 1 + draw(seed, ordinal) % 3
        candidate = person(seed, ordinal)
        found.setdefault(candidate.name, candidate)
    return tuple(found.values())


def placeholders(seed: str, count: int = 16) -> dict[str, str]:
    """What `${…}` in a text stands for: name1, surname1, id1, phone1, card1, village1 …, credit1 …"""
    values: dict[str, str] = {}
    for ordinal in range(1, count + 1):
        someone = person(seed, ordinal)
        values |= {
            f"name{ordinal}": someone.name,
            f"surname{ordinal}": someone.surname,
            f"id{ordinal}": someone.id,
            f"id_wide{ordinal}": _wide(someone.id),
            f"id_spaced{ordinal}": f"{someone.id[:6]} {someone.id[6:14]} {someone.id[14:]}",
            f"id_dashed{ordinal}": f"{someone.id[:6]}-{someone.id[6:14]}-{someone.id[14:]}",
            f"phone{ordinal}": someone.phone,
            f"phone_spaced{ordinal}": f"{someone.phone[:3]} {someone.phone[3:7]} {someone.phone[7:]}",
            f"card{ordinal}": someone.card,
            f"card_spaced{ordinal}": " ".join(someone.card[i : i + 4] for i in range(0, 19, 4)),
            f"village{ordinal}": someone.village,
            f"credit{ordinal}": credit_code(draw(seed, "credit", ordinal)),
        }
    return values


def _wide(text: str) -> str:
    """The same digits and letters as full-width characters."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)
