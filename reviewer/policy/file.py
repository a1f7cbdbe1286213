"""Reads `reviewer.toml`, strictly: an empty file is refused, an unknown key is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.strict import Table
from reviewer.value import dataclass

FILE_NAME = "reviewer.toml"
_MASKS = ("mask", "mask_least", "mask_columns")  # decoded by `reviewer.redact.masks`
PROJECT_FILE, PROJECT_TABLE = "pyproject.toml", "tool.reviewer"
FILE_NAMES = (FILE_NAME, PROJECT_FILE)
_SIGNOFF = ("chain", "calendar")  # decoded by `reviewer.signoff.office`: a screening has no use for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """A shipped rule that the office does not use, by whose decision and why, until a day (ISO)."""

    rule: str
    by: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One office's decisions; `rules` are its packs, folders or single files.

    `digest` is over the file's bytes ("default" when there is no file).
    """

    unit: str
    rules: tuple[Path, ...]
    contacts: tuple[str, ...]
    unused: tuple[Unused, ...]
    baseline: Path | None
    digest: str
    allowances: bool = False  # whether the gate honours inline allowances of the approved commit
    model: Path | None = None  # a model of the office's own, in place of the shipped one


DEFAULT = Policy(unit="", rules=(), contacts=(), unused=(), baseline=None, digest="default")


def find_policy(start: Path) -> Path | None:
    """The nearest `reviewer.toml`, or `pyproject.toml` with a table `[tool.reviewer]`, in `start` or a folder above it.

    As with ruff the nearest folder decides, its own file before the project's; files are not laid over one another.
    """
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            path = folder / name
            if path.is_file() and (name == FILE_NAME or speaks(_bytes_of(path))):
                return path
    return None


def speaks(project: bytes) -> bool:
    """Whether a `pyproject.toml` has a table for this program. One that cannot be parsed is somebody else's trouble."""
    if b"reviewer" not in project:
        return False
    import tomllib

    try:
        content = tomllib.loads(project.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return b"[tool.reviewer" in project  # it speaks, and will be refused when it is read
    tools = content.get("tool")
    return isinstance(tools, dict) and "reviewer" in tools


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def load_policy(path: Path) -> Policy:
    """Raises ConfigurationError naming file and key. Paths in the file are relative to it."""
    table, data = _read(path)
    return _decode(table, path.parent, data)


def signoff_sections(path: Path) -> Table:
    """What the file says of the approval chain and its calendar, for their own decoder."""
    return _read(path)[0].only(*_SIGNOFF)


def mask_sections(path: Path) -> Table:
    """What the file says of masks, for their own decoder."""
    return _read(path)[0].only(*_MASKS)


def _read(path: Path) -> tuple[Table, bytes]:
    import tomllib  # most starts have no policy to read

    try:
        data = path.read_bytes()
        content = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(tr(f"{path}：打不开：{cause(error)}", f"{path}: {cause(error)}")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(tr(f"{path}：不是合法的 TOML：{error}", f"{path}: not valid TOML: {error}")) from None
    where = str(path)
    if path.name == PROJECT_FILE:
        where = f"{path} [{PROJECT_TABLE}]"
        tools = content.get("tool")
        content = tools.get("reviewer", {}) if isinstance(tools, dict) else {}
    if not content:
        raise ConfigurationError(
            tr(
                f"{path}：是空的。空的政策不等于没有要求；删除该文件，或用 reviewer init 生成一份",
                f"{path} is empty. An empty policy is refused: delete it, or write one with `reviewer init`",
            )
        )
    return Table(content, where), data


def _decode(table: Table, home: Path, data: bytes) -> Policy:
    table.leave(*_SIGNOFF, *_MASKS)
    policy = Policy(
        unit=table.text("unit"),
        rules=tuple(_pack(table, home / name) for name in table.strings("rules", ())),
        contacts=table.strings("contacts", ()),
        unused=tuple(_unused(Table(item, f"{table.where} unused")) for item in table.items("unused", ())),
        baseline=home / table.string("baseline") if table.has("baseline") else None,
        allowances=table.flag("allowances", False),
        digest="sha256:" + hashlib.sha256(data).hexdigest(),
        model=_model(table, home / table.string("model")) if table.has("model") else None,
    )
    table.finish()
    return policy


def _pack(table: Table, path: Path) -> Path:
    if not path.exists():
        raise table.error(tr(f"rules：没有文件夹或规则文件 {path}", f"rules: no folder or rule file {path}"))
    return path


def _model(table: Table, path: Path) -> Path:
    if not path.is_dir():
        raise table.error(tr(f"model：没有文件夹 {path}", f"model: no folder {path}"))
    return path


def _unused(table: Table) -> Unused:
    unused = Unused(
        rule=table.string("rule"), by=table.string("by"), reason=table.string("reason"), until=table.string("until")
    )
    table.finish()
    return unused
