"""What a person sees while an archive is audited, and what is left when Ctrl-C ends it."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from archives import Audit, started, write
from rich.console import Console

from reviewer.cli.audit_view import view
from reviewer.extract import Source
from reviewer.report import Report, Reveal, report
from reviewer.report.form import TraitsRow
from reviewer.screen import screener_for, settings
from reviewer.value import replace

STORE = Path("结果")
_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Screen:
    """A terminal of a hundred columns whose clock goes on by a second with each document."""

    def __init__(self) -> None:
        self.now = 100.0
        self.console = Console(file=StringIO(), force_terminal=True, width=100, legacy_windows=False)

    def shown(self) -> str:
        """The last picture drawn, without colours."""
        assert isinstance(self.console.file, StringIO)
        return _STYLE.sub("", self.console.file.getvalue()).rpartition("审查")[2]


def screened(name: str, text: str, seconds: float) -> Report:
    review = screener_for(settings(None, "2026-11-24")).review(Source(path=name, name=name, data=text.encode()))
    told = report(review, Reveal.MASKED)
    return replace(told, traits=TraitsRow(sketch=0, alone=True, values=(), seconds=seconds))


def test_the_view_shows_rate_time_left_categories_and_the_slowest(office: Path) -> None:
    screen = Screen()
    found = screened("甲.txt", "机密★10年\n联系人手机13800138000，身份证号110101190001011237\n", 2.5)
    slow = screened("乙\x1b[2J.txt", "明日停水。\n", 7.25)
    with view(20, done=8, console=screen.console, clock=lambda: screen.now) as note:
        for one in (found, found, None, slow, found, found):
            screen.now += 1
            note(one)
        shown = screen.shown()
    assert "14/20" in shown, "what earlier runs did counts as done"
    assert "70%" in shown
    assert "1 份/秒" in shown, "and not in the rate"
    assert "0:00:06" in shown
    assert re.search(r"国家秘密 4　?\S*", shown)
    assert "个人隐私" in shown
    assert "相同文件 1 份" in shown
    assert "最慢 7.2 s 乙" in shown
    assert "乙\x1b" not in shown, "a name cannot write to the terminal"


def test_a_rate_below_one_a_second_is_told(office: Path) -> None:
    screen = Screen()
    with view(4, console=screen.console, clock=lambda: screen.now) as note:
        for _ in range(2):
            screen.now += 90
            note(None)
        shown = screen.shown()
    assert "0.7 份/分" in shown
    assert "0:03:00" in shown


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")
def test_at_a_terminal_the_view_is_drawn_and_taken_away(archive: Path) -> None:
    pty = pytest.importorskip("pty")
    terminal, other = pty.openpty()
    process = started("run", STORE, archive, stderr=other)
    os.close(other)
    shown = _all_of(terminal)
    process.communicate()
    assert process.returncode == 11
    for part in ("10/10", "100%", "份/", "0:00:00", "工作秘密及内部信息 2", "国家秘密 1", "有未读部分 1 份", "最慢 "):
        assert part in shown
    assert shown.rstrip().endswith(f"reviewer audit report {STORE}")


def _all_of(terminal: int) -> str:
    said = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            part = b""
        if not part:
            os.close(terminal)
            return _STYLE.sub("", said.decode())
        said += part


def on_waiting(monkeypatch: pytest.MonkeyPatch, *acts: Callable[[], object]) -> list[float]:
    """In place of each wait of `--every` one act; Ctrl-C comes in the one after the last. The seconds waited for."""
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) > len(acts):
            raise KeyboardInterrupt
        acts[len(waited) - 1]()

    monkeypatch.setattr(time, "sleep", sleep)
    return waited


def test_every_so_many_hours_the_mirror_is_seen_by_the_rules_of_then(
    office: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(office / "站", {"进展.txt": "第1期：白石工程进展顺利。\n"})
    audit("run", STORE, "站")
    rules = office / "规则" / "项目.toml"

    def new_page() -> None:
        write(office / "站", {"新.txt": "推进青石工程建设。\n"})

    def new_rule() -> None:
        rules.write_text(rules.read_text("utf-8").replace("青石工程", "白石工程"), "utf-8")

    waited = on_waiting(monkeypatch, new_page, new_rule)
    said = audit("watch", STORE, "--every", "6")
    assert waited == [6 * 3600] * 3
    first, *then = said.out.splitlines()
    assert first == "新增 → 区分处理\t站/新.txt"
    assert "未发现问题 → 区分处理\t站/进展.txt" in then, "the rule was changed while the loop waited"
    assert said.code == 130
    assert said.err.count("下次：") == 3


def test_what_goes_wrong_once_does_not_end_the_loop(
    office: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(office / "站", {"a.txt": "明日停水。\n"})
    audit("run", STORE, "站")
    moved = office / "站", office / "别处"
    on_waiting(
        monkeypatch,
        lambda: moved[0].rename(moved[1]),
        lambda: (moved[1].rename(moved[0]), write(office / "站", {"b.txt": "推进青石工程建设。\n"})),
    )
    said = audit("watch", STORE, "--every", "1", "--json")
    assert said.code == 130
    assert "核对路径" in said.err
    assert len(said.out.splitlines()) == 2, "as JSON, a line a time"
    assert '"path": "站/b.txt"' in said.out.splitlines()[1]
    (office / "站").rename(office / "别处")
    assert audit("watch", STORE, "--every", "1").code == 3, "but the first time it is the command that is wrong"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_while_it_waits_leaves_with_130(office: Path, audit: Audit) -> None:
    write(office / "站", {"a.txt": "推进青石工程建设。\n"})
    audit("run", STORE, "站")
    process = started("watch", STORE, "--every", "1")
    assert process.stderr is not None
    for line in process.stderr:
        if "下次：".encode() in line:
            break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert "已中断" in err.decode()
