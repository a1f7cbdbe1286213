"""The program's door: language first, the gate by the short way, everything else through the command table."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from reviewer.errors import ReviewerError, UsageError
from reviewer.language import tr, use_language

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code (contract: exit codes)."""
    sys.exit(run(list(sys.argv[1:] if argv is None else argv)))


def run(words: list[str]) -> int:
    """The exit code of one command line."""
    _speak_utf8()
    try:
        words = _take_language(words)
        if words[:1] == ["gate"] and not {"-h", "--help"} & set(words):
            # The hook's path: neither typer nor rich is imported before there is something to show, and no garbage
            # is looked for while everything is being loaded.
            gc.disable()
            try:
                from reviewer.gate.command import gate

                return gate(words[1:])
            finally:
                gc.enable()
        from reviewer.cli.commands import run_command

        return run_command(words)
    except ReviewerError as error:
        print(tr("错误：", "error: ") + str(error), file=sys.stderr)  # noqa: T201
        return error.exit_code
    except KeyboardInterrupt:
        print(tr("已中断", "interrupted"), file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output left (`| head`): nothing more can be said, and nothing is concluded.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the last resort: an exception's own words may quote the document
        print(_bug(error), file=sys.stderr)  # noqa: T201
        return 1


def _bug(error: Exception) -> str:
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{at.tb_frame.f_globals.get('__name__')}:{at.tb_lineno}" if at else "?"
    kind = type(error).__name__
    return tr(
        f"程序出错（{kind}，{place}）：不能得出任何结论。请把这一行连同 reviewer --version 报给维护者；不要附文件内容",
        f"a bug ({kind}, {place}): nothing may be concluded. Report this line with `reviewer --version`, no documents",
    )


def _take_language(words: list[str]) -> list[str]:
    """`--lang` may stand anywhere before `--`; it is taken out before any sentence is made."""
    rest: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word == "--":
            return rest + words[at:]
        if word == "--lang" or word.startswith("--lang="):
            value = word.partition("=")[2] if "=" in word else "".join(words[at + 1 : at + 2])
            at += 1 if "=" in word else 2
            try:
                use_language(value)
            except ValueError:
                raise UsageError(tr("--lang 只有 zh 和 en", "--lang takes zh or en")) from None
            continue
        rest.append(word)
        at += 1
    return rest


def _speak_utf8() -> None:
    """A Windows console or a C locale must not turn Chinese into question marks, or stop the program."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever began this process: the exit code still tells
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
