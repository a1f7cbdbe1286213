"""The child: whatever a reader does, the parent gets a transcript or one gap, in time."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from reviewer.extract import child
from reviewer.extract.child import believed, forked, may_fork, read_in_child, spawned
from reviewer.extract.limits import Limits
from reviewer.extract.scribe import Extracted
from reviewer.language import use_language

FORK = pytest.param(
    forked, id="fork", marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
)
ROUTES = [FORK, pytest.param(spawned, id="spawn")]
POSIX = pytest.mark.skipif(os.name != "posix", reason="limits and signals are POSIX")
LIMITS = Limits(wall_s=20)

every_route = pytest.mark.parametrize("route", ROUTES)


def obey(route, order: str, limits: Limits = LIMITS) -> Extracted:
    return believed(route("hostile_reader", order.encode(), limits), limits)


def only_reason(extracted: Extracted) -> str:
    assert extracted.segments == ()
    assert extracted.text == ""
    (gap,) = extracted.gaps
    return gap.reason


@every_route
def test_what_was_read_comes_back_as_it_was(route):
    extracted = obey(route, "write 图章")
    (segment,), (gap,) = extracted.segments, extracted.gaps
    assert (segment.text, segment.place, segment.page, segment.hidden) == ("甲?乙", "¶1", 3, True)
    assert (gap.place, gap.reason) == ("¶2", "图章")


@every_route
@pytest.mark.parametrize(
    ("order", "limits", "told"),
    [
        pytest.param("sleep", Limits(wall_s=0.6), "超过 0.6 秒", id="wall clock"),
        pytest.param("spin", Limits(wall_s=20, cpu_s=1), "超过 20 秒", id="processor time", marks=POSIX),
        pytest.param("bomb", Limits(wall_s=20, memory_bytes=256 << 20), "内存", id="memory", marks=POSIX),
        pytest.param("crash", LIMITS, "信号 11", id="segmentation fault", marks=POSIX),
        pytest.param("leave", LIMITS, "没有读完", id="silent exit"),
        pytest.param("hold", LIMITS, "信号 9", id="closed pipe, still alive", marks=POSIX),
        pytest.param("fail 身份证", LIMITS, "LookupError", id="exception"),
        pytest.param("need", LIMITS, "no_such_component", id="missing component"),
        pytest.param("flood", Limits(wall_s=20, text_bytes=1 << 20), "过大", id="too much text"),
        pytest.param("shred", Limits(wall_s=20, segments=100), "过大", id="too many segments"),
    ],
)
def test_a_reader_that_fails_leaves_one_gap_with_a_remedy(route, order, limits, told):
    reason = only_reason(obey(route, order, limits))
    assert told in reason
    assert "身份证" not in reason
    assert any(remedy in reason for remedy in ("再审", "人工核对"))


@every_route
def test_time_is_up_when_it_is_up(route):
    start = time.monotonic()
    obey(route, "sleep", Limits(wall_s=0.5))
    assert time.monotonic() - start < 5


@every_route
def test_noise_on_the_standard_streams_is_not_mistaken_for_an_answer(route, capfd):
    extracted = obey(route, "shout")
    assert [segment.text for segment in extracted.segments] == ["quiet"]
    assert capfd.readouterr() == ("", "")


@every_route
def test_no_network(route):
    assert obey(route, "dial").text == "socket refused\n" * 2


@every_route
def test_no_file_and_no_program(route, tmp_path: Path):
    extracted = obey(route, f"spill {tmp_path / 'spilt'}")
    assert extracted.text == "file refused\nprogram refused\nfork refused\n"
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_descriptors_of_the_parent_are_closed_in_the_child(tmp_path: Path):
    ledger = os.open(tmp_path / "ledger", os.O_RDWR | os.O_CREAT)
    try:
        assert obey(forked, f"peek {ledger}").text == "descriptor refused\n"
    finally:
        os.close(ledger)
    assert (tmp_path / "ledger").read_bytes() == b""


@every_route
def test_the_child_speaks_the_language_of_its_parent(route):
    use_language("en")
    try:
        assert "LookupError" in (reason := only_reason(obey(route, "fail")))
        assert reason.isascii()
    finally:
        use_language("zh")


@POSIX
@every_route
def test_interrupting_the_parent_ends_the_child_and_is_passed_on(route):
    before = _children()
    threading.Timer(0.6, lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        obey(route, "sleep")
    assert _children() == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fork is used on Linux and its like")
def test_a_second_thread_forbids_forking():
    alone = threading.active_count() == 1
    assert may_fork() is alone
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert may_fork() is False
    finally:
        done.set()
        thread.join()


def test_a_system_without_a_process_to_spare_is_a_gap(monkeypatch):
    def refuse(*_):
        raise BlockingIOError

    monkeypatch.setattr(child, "forked", refuse)
    monkeypatch.setattr(child, "spawned", refuse)
    assert "没有读完" in only_reason(read_in_child("hostile_reader", b"write", LIMITS))


def _children() -> set[str]:
    own = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return set(own.read_text().split()) if own.exists() else set()
