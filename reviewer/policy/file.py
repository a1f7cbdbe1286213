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
    model: Path | None = None  # a model of the office's own, in place of the shipped one


DEFAULT = Policy(unit="", rules=(), contacts=(), unused=(), baseline=None, digest="default")


def find_policy(start: Path) -> Path | None:
    """The nearest `reviewer.toml` in `start` or a folder above it."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def load_policy(path: Path) -> Policy:
    """Raises ConfigurationError naming file and key. Paths in the file are relative to it."""
    table, data = _read(path)
    return _decode(table, path.parent, data)


def signoff_sections(path: Path) -> Table:
    """What the file says of the approval chain and its calendar, for their own decoder."""
    return _read(path)[0].only(*_SIGNOFF)


def _read(path: Path) -> tuple[Table, bytes]:
    import tomllib  # most starts have no policy to read

    try:
        data = path.read_bytes()
        content = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(tr(f"{path}：打不开：{cause(error)}", f"{path}: {cause(error)}")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(tr(f"{path}：不是合法的 TOML：{error}", f"{path}: not valid TOML: {error}")) from None
    if not content:
        raise ConfigurationError(
            tr(
                f"{path}：是空的。空的政策不等于没有要求；删除该文件，或用 reviewer init 生成一份",
                f"{path} is empty. An empty policy is refused: delete it, or write one with `reviewer init`",
            )
        )
    return Table(content, str(path)), data


def _decode(table: Table, home: Path, data: bytes) -> Policy:
    table.leave(*_SIGNOFF)
    policy = Policy(
        unit=table.text("unit"),
        rules=tuple(_pack(table, home / name) for name in table.strings("rules", ())),
        contacts=table.strings("contacts", ()),
        unused=tuple(_unused(Table(item, f"{table.where} unused")) for item in table.items("unused", ())),
        baseline=home / table.string("baseline") if table.has("baseline") else None,
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
