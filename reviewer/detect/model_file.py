"""The bytes of a model's file, or what to do when it cannot be read."""

from __future__ import annotations

from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.refusal import cause


def read_bytes(path: Path) -> bytes:
    """Raises ConfigurationError, saying what to do."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            tr(
                f"{path}：打不开模型文件（{cause(error)}）。重新安装，或运行 reviewer model train",
                f"{path}: cannot open the model ({cause(error)}). Install again, or run reviewer model train",
            )
        ) from None
