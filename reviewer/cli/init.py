"""`reviewer init`: a commented policy file for an office that wants its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.policy.file import FILE_NAME
from reviewer.refusal import cause

TEMPLATE = """\
# 本单位的审查政策。每一项都可以删去；删去即用默认值。改动后任何人再运行 reviewer 都以此为准。

# 单位名称，印在报告和审查表上。
unit = "{unit}"

# 本单位对外公开的电话、邮箱：这些不算个人信息。
contacts = []          # 例：["0715-8230011", "qsxzfb@example.gov.cn"]

# 本单位自己的规则：文件夹或单个文件（相对于本文件），写法见 docs/own-rules.md。
rules = []             # 例：["规则", "工作秘密事项清单.toml"]

# 本单位自己训练的分类器（reviewer model train --labels … -o 模型）；不写即用随程序的。
# model = "模型"

# 逐条裁定（误报、可公开）的文件，由 reviewer baseline create 生成。
# baseline = "reviewer.baseline.json"

# 门禁是否认正文里的行内许可（reviewer: allow 规则 理由）；只认已批准的提交里就有的行，不写即不认，见 docs/gate.md。
# allowances = true

# 审批链：随程序发布的一条（reviewer case flow --list 列出），或自己写 [chain]，见 docs/approval-chain.md。
# 改了以后由管理员运行 reviewer roster adopt 才生效；已送审的件仍走原来的链。
# chain = "three"

# 区分处理（reviewer redact）时怎样遮盖，写法见 docs/redaction.md；先看这里，再看随程序的。
# mask_least = 1000    # 遮盖后至少还要能对应多少个号码，不到就整个隐去
# [[mask]]
# types = ["home_address"]
# how = "replace"
# text = "【依法不予公开（{{basis}}）】"

# 停用某条规则：必须写明谁决定、为什么、到哪一天。国家秘密标志类规则停用不生效。
# [[unused]]
# rule = "personal-privacy/plate"
# by = "李四"
# reason = "本单位公示公务用车处置信息，依法应公开车牌"
# until = "2027-12-31"
"""


def init(
    folder: Annotated[Path, typer.Argument(help=tr("写到哪个文件夹", "where to write it"))] = Path(),
    unit: Annotated[str, typer.Option("--unit", help=tr("单位名称", "name of the office"))] = "",
) -> None:
    target = folder / FILE_NAME
    try:
        with target.open("x", encoding="utf-8") as out:
            out.write(TEMPLATE.format(unit=unit.replace("\\", "").replace('"', "")))
    except FileExistsError:
        raise UsageError(tr(f"{target} 已经存在，不覆盖", f"{target} exists already; it is left alone")) from None
    except OSError as error:
        raise UsageError(tr(f"{target}：写不进去：{cause(error)}", f"{target}: {cause(error)}")) from None
    typer.echo(tr(f"已写入 {target}", f"written: {target}"))
