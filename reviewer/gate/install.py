"""`reviewer gate --install`: a hook for plain git, beside whatever hook is there."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from reviewer.errors import UsageError
from reviewer.gate.git import git
from reviewer.language import tr
from reviewer.refusal import cause

_OURS = "# reviewer gate --install"


def install(*, require_signoff: bool) -> int:
    """Write the repository's pre-commit hook. Another program's hook is left alone: raises UsageError with the line."""
    hook = Path(git("rev-parse", "--git-path", "hooks/pre-commit").decode("utf-8", "surrogateescape").rstrip("\n"))
    line = _line(require_signoff=require_signoff)
    try:
        if hook.exists() and _OURS not in hook.read_text("utf-8", "replace"):
            raise UsageError(
                tr(
                    f"{hook} 已是别的钩子，没有改动；请在其中加一行：{line}",
                    f"{hook} is another program's hook and was left alone; add this line to it: {line}",
                )
            )
        hook.parent.mkdir(parents=True, exist_ok=True)
        temporary = hook.with_name(hook.name + ".new")
        temporary.write_text(f"#!/bin/sh\n{_OURS}\nexec {line}\n", "utf-8")
        temporary.chmod(0o755)
        temporary.replace(hook)
    except OSError as error:
        raise UsageError(tr(f"{hook}：写不进去：{cause(error)}", f"{hook}: {cause(error)}")) from None
    print(tr(f"已安装 {hook}", f"installed: {hook}"), file=sys.stderr)  # noqa: T201
    return 0


def _line(*, require_signoff: bool) -> str:
    """This interpreter by its full name: a hook runs with whatever path its caller has."""
    words = [sys.executable, "-m", "reviewer", "gate", "--staged", *(["--require-signoff"] if require_signoff else [])]
    return shlex.join(words)
