"""What several commands ask for, each in one place: the name that is typed, its placeholder, its explanation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.gate.options import FORMAT_NAMES
from reviewer.language import tr

# --- what is read, and by which rules

PathsArgument = Annotated[list[Path], typer.Argument(metavar="PATH…", help=tr("文件或文件夹", "files or folders"))]
HereOrStoredArgument = Annotated[
    list[Path],
    typer.Argument(metavar="PATH…", help=tr("文件、文件夹，或审查档案", "files, folders, or an audit's STORE")),
]
HiddenOption = Annotated[
    bool, typer.Option("--hidden", help=tr("也进入以点开头的文件夹", "enter folders whose name begins with a dot"))
]
ScenarioOption = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="NAME",
        help=tr(
            "公开场景，如 student-aid、低保（默认：从稿件认；reviewer rules list 列出全部）",
            "the kind of disclosure, such as student-aid (default: recognised; see `reviewer rules list`)",
        ),
    ),
]
PolicyOption = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        metavar="FILE",
        help=tr("本单位的政策文件（默认：就近的 reviewer.toml）", "policy file (default: the nearest reviewer.toml)"),
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="YYYY-MM-DD", help=tr("按这一天判断期限（默认：今天）", "the day to judge by")),
]
SinceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--since",
        metavar="RECORD",
        help=tr("自该记录的批准以来改了什么；未变处沿用其裁定（须 --trust）", "what changed since that approval"),
    ),
]
RuleOption = Annotated[str | None, typer.Option("--rule", metavar="RULE", help=tr("只看这条规则", "this rule only"))]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help=tr("进程数（0：自动）", "processes (0: automatic)"))
]

# --- what is written

ReportOption = Annotated[
    str, typer.Option("--format", metavar="|".join(FORMAT_NAMES), help=tr("报告格式", "report format"))
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help=tr("写入文件", "write to a file"))
]
PackOption = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=tr("规则包", "the pack to write"))]
JsonOption = Annotated[bool, typer.Option("--json", help=tr("输出 JSON", "print JSON"))]

# --- the chain: which ledger, which case, who acts, with which key, and what they say

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE|URL",
        help=tr(
            "台账：文件，或 postgresql://…（默认取 REVIEWER_LEDGER）",
            "the ledger: a file, or postgresql://… (default: REVIEWER_LEDGER)",
        ),
    ),
]
CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help=tr("编号，如 2026-0001", "number, such as 2026-0001"))
]
FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help=tr("正文和全部附件", "the draft, all attachments"))
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=tr("姓名", "the person"))]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help=tr("办理人", "who acts"))]
RulerOption = Annotated[str, typer.Option("--by", metavar="NAME", help=tr("裁定人", "who rules"))]
PassphraseOption = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE|-|fd:N|keyring:",
        help=tr(
            "口令：文件（空文件即不加密）、标准输入、文件描述符或钥匙串",
            "the passphrase: a file (empty: none), standard input, a descriptor, or the keyring",
        ),
    ),
]
ReasonOption = Annotated[str, typer.Option("--reason", help=tr("理由", "why"))]
CommentOption = Annotated[
    str, typer.Option("--comment", help=tr("意见（不要写文件内容）", "a comment, without content"))
]
InspectedOption = Annotated[
    list[str] | None,
    typer.Option("--inspected", metavar="N=NOTE", help=tr("人工核对未读部分，如 1=逐页看过", "parts looked at by eye")),
]
AtHandOption = Annotated[
    list[Path] | None,
    typer.Option("--file", metavar="FILE", help=tr("核对手头文件与送审件是否一致", "compare files")),
]
NoteOption = Annotated[str, typer.Option("--note", help=tr("备注", "note"))]
SectionOption = Annotated[str, typer.Option("--section", help=tr("承办科室", "section"))]
UntilOption = Annotated[str, typer.Option("--until", metavar="YYYY-MM-DD", help=tr("有效期止", "until when"))]
ConsultOption = Annotated[int, typer.Option("--consult", metavar="N", help=tr("商请序号", "which consult"))]
DaysOption = Annotated[
    int, typer.Option("--days", metavar="DAYS", help=tr("延长几个工作日（至多 20）", "working days more, at most 20"))
]
NoticeOption = Annotated[str, typer.Option("--letter", help=tr("延期告知书文号", "number of the notice"))]

# --- what a verification holds to

TrustOption = Annotated[
    str | None,
    typer.Option("--trust", metavar="FINGERPRINT", help=tr("单位公布的创始密钥指纹", "the unit's founding key")),
]
AnchorOption = Annotated[
    str | None,
    typer.Option(
        "--anchor",
        metavar="SEQ:HASH|CHECKPOINT",
        help=tr("此前留存的锚点或检查点", "an anchor or a checkpoint kept before"),
    ),
]
# Never the nearest reviewer.toml: what a verification counts by is what its reader names.
CalendarOption = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        metavar="FILE",
        help=tr(
            "程序不含的年份，放假安排取自这个文件的 [[calendar]]", "a file whose [[calendar]] has the years we lack"
        ),
    ),
]

# --- an audit

StoreArgument = Annotated[
    Path, typer.Argument(metavar="STORE", help=tr("存放审查结果的文件夹", "the folder that keeps the results"))
]
