"""What the system says when it refuses, in the user's language."""

from __future__ import annotations

import errno

import pytest

from reviewer.refusal import cause


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
        (OSError(errno.ELOOP, "Too many levels of symbolic links"), "链接成环"),
        (OSError(9999, "odd"), "odd"),
        (OSError("no number"), "OSError"),
    ],
)
def test_a_refusal_is_told_in_chinese(error: OSError, said: str) -> None:
    assert cause(error) == said
