"""An archive to audit, made from a seed: mixed formats and genres, planted leaks that are counted as they are planted.

    python benchmarks/audit_archive.py FOLDER --documents 1000 --seed 1

writes FOLDER/<year>/<unit>/… and FOLDER.planted.json with what must be found: documents by verdict, planted matters
by rule, copies, near-copies. All persons are invented; identity numbers carry birth years 1900–1915.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

UNITS = ("办公室", "民政局", "财政局", "教育局", "卫健局", "住建局", "水务局", "应急局", "农业农村局", "人社局")
YEARS = range(2012, 2026)
PLACES = ("青石镇", "柳林乡", "白沙街道", "东坪村", "桃源社区", "石桥镇")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "德福贵祥春兰秀英桂芳国强志明"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

NOTICES = (
    "关于{place}停水检修的通知\n因管网检修，{place}将于本周{day}停水，请居民提前储水。恢复供水时间另行通知。\n",
    "{place}道路养护公告\n为保障通行安全，对{place}主干道进行养护，期间请绕行，敬请谅解。\n",
    "关于开展{place}人居环境整治的通知\n各村要清理垃圾、疏通沟渠，落实门前三包，{day}前完成自查。\n",
    "{place}防汛工作提示\n汛期将至，请各单位检查排水设施，备足物资，{day}起实行值班制度。\n",
    "{place}图书馆开放时间调整公告\n自下{day}起，开放时间调整为上午九时至下午五时，节假日照常。\n",
)
PADDING = (
    "各单位要提高认识，加强组织领导，明确责任分工，确保各项任务落到实处。",
    "要做好宣传引导，及时回应群众关切，营造良好氛围。",
    "工作中遇到的问题，请及时向上级主管部门反映。",
    "本通知自发布之日起施行，由发布单位负责解释。",
    "请各村（社区）结合实际，细化措施，认真组织实施。",
)
MARK = "机密★10年"


@dataclass
class Planted:
    """What was planted, by what must be said of it."""

    documents: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    matters: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    copies: int = 0

    def told(self) -> dict[str, object]:
        return {
            "documents": self.documents,
            "by_verdict": {name: self.verdicts[name] for name in ("clear", "redact", "refer", "block")},
            "matters": dict(sorted(self.matters.items())),
            "formats": dict(sorted(self.formats.items())),
            "bytes": self.bytes,
            "copies": self.copies,
        }


def resident_id(chance: random.Random) -> str:
    """A number with a right check character (GB 11643-1999) and a birth year of 1900–1915."""
    born = f"{chance.randint(1900, 1915)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    body = f"110101{born}{chance.randint(0, 999):03}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[rest]


def person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))


def build(folder: Path, documents: int, seed: int) -> Planted:
    """Write the archive. The same documents and seed give the same bytes."""
    chance, planted = random.Random(seed), Planted()
    earlier: list[tuple[str, bytes, str, tuple[str, ...]]] = []
    for number in range(documents):
        year, unit = chance.choice(YEARS), chance.choice(UNITS)
        if earlier and chance.random() < 0.05:
            name, data, verdict, matters = chance.choice(earlier)
            planted.copies += 1
        else:
            form, text, verdict, matters = _draft(chance)
            name, data = f"{number:07}.{form}", FORMS[form](text)
            if len(earlier) < 500:
                earlier.append((name, data, verdict, matters))
        place = folder / f"{year}" / unit / f"{number // 90:05}" / f"批{number % 3}"
        place.mkdir(parents=True, exist_ok=True)
        target = place / name
        if target.exists():
            target = place / f"{number:07}" / name
            target.parent.mkdir()
        target.write_bytes(data)
        planted.documents += 1
        planted.verdicts[verdict] += 1
        planted.matters.update(matters)
        planted.formats[name.rpartition(".")[2]] += 1
        planted.bytes += len(data)
    return planted


def _draft(chance: random.Random) -> tuple[str, str, str, tuple[str, ...]]:
    """(format, text, the verdict it must have, the rules that must find something)."""
    text = chance.choice(NOTICES).format(place=chance.choice(PLACES), day=chance.choice("一二三四五"))
    text += "\n".join(chance.sample(PADDING, chance.randint(1, 4)) * chance.randint(1, 6)) + "\n"
    form = chance.choices(tuple(FORMS), (55, 25, 15, 5))[0]
    roll = chance.random()
    if roll < 0.006:
        return form, MARK + "\n" + text, "block", ("mark",)
    if roll < 0.05:
        rows = [f"{person(chance)}，身份证号：{resident_id(chance)}" for _ in range(chance.randint(1, 4))]
        return form, text + "联系人名单\n" + "\n".join(rows) + "\n", "redact", ("resident_id",) * len(rows)
    return form, text, "clear", ()


def _txt(text: str) -> bytes:
    return text.encode()


def _html(text: str) -> bytes:
    title, *lines = text.splitlines()
    body = "".join(f"<p>{line}</p>\n" for line in lines)
    head = f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
    return f"{head}<body><h1>{title}</h1>\n{body}</body></html>".encode()


def _gbk(text: str) -> bytes:
    return text.encode("gb18030")


def _docx(text: str) -> bytes:
    """The smallest Word document there is: writing ten thousand must not take an hour."""
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELS),
            ("word/document.xml", _BODY % lines),
        ):
            packed.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = (
    _XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    _XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_BODY = (
    _XML + '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>%s</w:body></w:document>"
)
FORMS = {"txt": _txt, "html": _html, "docx": _docx, "md": _gbk}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--documents", type=int, default=1000)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    planted = build(asked.folder, asked.documents, asked.seed)
    told = json.dumps(planted.told(), ensure_ascii=False, indent=1)
    asked.folder.with_name(asked.folder.name + ".planted.json").write_text(told + "\n", "utf-8")
    print(told)


if __name__ == "__main__":
    main()
