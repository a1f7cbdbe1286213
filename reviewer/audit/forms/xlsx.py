"""The 清理台账 as a spreadsheet: one row a document, in the order in which to act, with columns left for people."""

from __future__ import annotations

from io import BytesIO
from typing import TextIO

import xlsxwriter

from reviewer.audit.store import Store
from reviewer.audit.summary import summary
from reviewer.audit.takedown import Task, tasks
from reviewer.language import tr
from reviewer.report.plain import plain
from reviewer.report.words import verdict_name

_MOST = 1_048_000  # rows of a sheet


def write(store: Store, out: TextIO) -> None:
    """Bytes, to the buffer behind the text stream."""
    made = BytesIO()
    with xlsxwriter.Workbook(
        made, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(tr("清理台账", "register"))
        head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        for column, (title, width) in enumerate(_columns()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        row = 0
        for row, task in enumerate(tasks(store, summary(store).since), 1):
            if row > _MOST:
                break
            for column, value in enumerate(_cells(row, task)):
                (sheet.write_number if isinstance(value, int) else sheet.write_string)(row, column, value, cell)
        sheet.autofilter(0, 0, max(1, row), len(_columns()) - 1)
    out.flush()
    out.buffer.write(made.getvalue())


def _columns() -> tuple[tuple[str, int], ...]:
    return (
        (tr("序号", "no."), 6),
        (tr("单位", "unit"), 12),
        (tr("年度", "year"), 7),
        (tr("文件", "document"), 48),
        (tr("结论", "verdict"), 10),
        (tr("主要问题", "what"), 32),
        (tr("处数", "places"), 7),
        (tr("未读部分", "not read"), 9),
        (tr("内容相同的文件", "copies"), 9),
        (tr("裁定", "ruling"), 14),
        (tr("裁定人", "ruled by"), 10),
        (tr("处理情况", "done"), 16),
        (tr("经办人", "by"), 10),
        (tr("完成日期", "on"), 12),
    )


def _cells(number: int, task: Task) -> tuple[str | int, ...]:
    ruling = []
    if task.confirmed:
        ruling.append(tr(f"属实 {task.confirmed}", f"true {task.confirmed}"))
    if task.open:
        ruling.append(tr(f"未裁定 {task.open}", f"open {task.open}"))
    return (
        *(number, plain(task.unit), task.year, plain(task.path), verdict_name(task.verdict)),
        *("、".join(task.titles[:6]), task.places, task.unread, task.copies),
        *("、".join(ruling), "、".join(task.by), "", "", ""),
    )
