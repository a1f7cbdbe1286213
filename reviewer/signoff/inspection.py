"""The folder that a 保密检查 is given: registers, records, forms, the ledger's entries, rules and policy, and digests.

实施条例 (2024) art. 58 makes the review of what is disclosed an item of inspection. Nothing in the folder holds text
of a document, so it may be copied as the office's own papers are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from reviewer.signoff import procedure
from reviewer.signoff.case_cells import begun
from reviewer.signoff.codec import encode
from reviewer.signoff.form import form
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.moment import shown
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.register import sheets
from reviewer.signoff.sheet import Period
from reviewer.signoff.workbook import as_json, workbook

DIGESTS = "清单.sha256"
_READ_ME = """{unit}保密检查材料

生成时间：{made}（北京时间）　台账锚点：{head}
建账密钥指纹：{key}

登记/　台账.xlsx：审查登记、不公开清单、商请与意见、撤除更正、疑似泄密、依申请、公开目录；台账.json 内容相同。
记录/　每件一份审签记录，可离线核验：reviewer record verify 记录/编号.json 公开的文件
审查表/　每件一份保密审查表（Word）。
台账/　条目.jsonl：台账的全部条目（含签名）。
规则/　生成时程序自带的规则。本单位/　本单位的政策和规则。
清单.sha256　除本清单外每个文件的摘要，核对：sha256sum -c 清单.sha256

材料中没有稿件内容。本单位公布的建账密钥指纹和此前留存的锚点，请另行取得并比对。
"""


def bundle(
    ledger: Ledger, made: datetime, period: Period, folders: Iterable[tuple[str, Path]], titles: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder by its name in it, the list of digests last.

    Records and forms are those of the cases that began in `period`; `folders` are folders or files to be copied under
    a name, `titles` those of the rules on the forms. Raises EvidenceError where the ledger does not hold.
    """
    digests = []
    for name, data in _files(ledger, made, period, folders, titles):
        digests.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
        yield name, data
    yield DIGESTS, "".join(sorted(digests, key=lambda line: line[66:])).encode("utf-8")


def _files(
    ledger: Ledger, made: datetime, period: Period, folders: Iterable[tuple[str, Path]], titles: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    roster = procedure.roster_of(ledger)
    cases, requests = procedure.everything(ledger)
    told = sheets(roster.unit, cases, requests, period)
    said = _READ_ME.format(unit=roster.unit, made=shown(made), head=ledger.head(), key=roster.genesis_key)
    yield "说明.txt", said.encode("utf-8")
    yield "登记/台账.xlsx", workbook(told, made)
    yield "登记/台账.json", as_json(told).encode("utf-8")
    for case in cases:
        if period.holds(begun(case)):
            yield f"记录/{case.number}.json", write_record(export_record(ledger, case.number))
            yield f"审查表/{case.number}.docx", form(procedure.open_case(ledger, case.number), roster, titles)
    lines = (
        json.dumps({**encode(entry.header), "hash": entry.hash, "envelope": entry.envelope}, ensure_ascii=False)
        for entry in ledger.entries()
    )
    yield "台账/条目.jsonl", "".join(f"{line}\n" for line in lines).encode("utf-8")
    for name, place in folders:
        if place.is_file():
            yield f"{name}/{place.name}", place.read_bytes()
            continue
        for path in sorted(place.rglob("*")):
            if path.is_file() and not any(part.startswith((".", "__")) for part in path.relative_to(place).parts):
                yield f"{name}/{path.relative_to(place).as_posix()}", path.read_bytes()
