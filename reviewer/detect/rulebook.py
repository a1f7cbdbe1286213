"""Reads rule files: TOML written by people, checked key by key, refused with file, place and remedy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reviewer import __version__
from reviewer.detect.shelf import FORM, Pack
from reviewer.errors import ConfigurationError
from reviewer.home import recall, remember
from reviewer.language import tr
from reviewer.value import dataclass

RawTable = Mapping[str, Any]
_TABLES = frozenset(("rule", "benign", "lexicon", "particular", "scenario"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The tables of all rule files, in the order of their paths, each with the place it came from.

    `digest` is over the files' names and bytes.
    """

    rules: tuple[tuple[str, RawTable], ...]
    benign: tuple[tuple[str, RawTable], ...]
    particulars: tuple[tuple[str, RawTable], ...]
    scenarios: tuple[tuple[str, RawTable], ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouchers:
    """A folder that remembers which rule files proved themselves, with which model, in parsed form.

    A file there is only a saving of time. Its name holds the digest of program, rules and model, its head that of its
    content, and it must be this account's alone (`reviewer.home.recall`); in doubt the rules are proved again.
    """

    folder: Path
    models: Path

    def remembered(self, digest: str) -> Pack | None:
        content = recall(self._file(digest))
        try:
            return None if content is None else Pack(content)
        except (ValueError, TypeError, LookupError):
            return None

    def remember(self, digest: str, content: bytes) -> None:
        remember(self._file(digest), content)

    def _file(self, digest: str) -> Path:
        try:
            model = (self.models / "manifest.json").read_bytes()
        except OSError:
            model = b""
        key = hashlib.sha256(f"{__version__} {FORM} {digest} ".encode() + model).hexdigest()
        return self.folder / f"rules-{key[:32]}.bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The rule files of all packs, read and not parsed; `digest` is over their names and bytes."""

    contents: tuple[tuple[str, bytes], ...]
    digest: str


def read_files(folders: Sequence[Path]) -> Files:
    """All `*.toml` below the folders (or files)."""
    contents = tuple((name, path.read_bytes()) for folder in folders for name, path in _toml_files(folder))
    return Files(contents=contents, digest=digest_of(contents))


def read_rulebook(folders: Sequence[Path], files: Files) -> Rulebook:
    """The files parsed. An empty rulebook is refused: it would let everything through."""
    book = rulebook_of([(name, _parse(name, data)) for name, data in files.contents], files.digest)
    if not book.rules:
        where = "、".join(str(folder) for folder in folders)
        raise ConfigurationError(tr(f"{where}：没有任何规则，拒绝运行", f"{where}: no rules at all; refusing to run"))
    return book


def rulebook_of(tables: Sequence[tuple[str, RawTable]], digest: str) -> Rulebook:
    """The entries of parsed files in their order, words of lexicons put in."""
    lexicon = lexicon_of(tables)
    return Rulebook(
        rules=tuple(_entries(tables, "rule", lexicon)),
        benign=tuple(_entries(tables, "benign", lexicon)),
        particulars=tuple(_entries(tables, "particular", lexicon)),
        scenarios=tuple(_entries(tables, "scenario", lexicon)),
        digest="sha256:" + digest,
    )


def parsed(source: Path) -> list[tuple[str, RawTable]]:
    """The files of a folder, or the one file, by name and as TOML tables."""
    return [(name, _parse(name, path.read_bytes())) for name, path in _toml_files(source)]


def ids_of(source: Path) -> tuple[str, ...]:
    """The ids of the rules of a pack."""
    return tuple(str(entry.get("id")) for _, table in parsed(source) for entry in table.get("rule", ()))


def _toml_files(source: Path) -> list[tuple[str, Path]]:
    """(name for messages, path) of each file of a pack: a folder, or one file."""
    if source.is_file():
        return [(source.name, source)]
    named = [(path.relative_to(source).as_posix(), path) for path in source.rglob("*.toml")]
    return sorted(named)


def digest_of(contents: Sequence[tuple[str, bytes]]) -> str:
    """SHA-256 over names and bytes, as hex."""
    whole = hashlib.sha256()
    for name, data in contents:
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()


def _parse(name: str, data: bytes) -> RawTable:
    import tomllib  # not needed for files that are remembered

    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            tr(
                f"rules/{name}：不是合法的 TOML（UTF-8）：{error}",
                f"rules/{name}: not valid TOML in UTF-8: {error}",
            )
        ) from None
    unknown = set(table) - _TABLES
    if unknown:
        raise ConfigurationError(
            tr(
                f"rules/{name}：不认识的表：{'、'.join(unknown)}",
                f"rules/{name}: unknown table: {', '.join(unknown)}",
            )
        )
    return table


def lexicon_of(tables: Sequence[tuple[str, RawTable]]) -> dict[str, list[str]]:
    """Word lists shared by all rules: `"@name"` in a list stands for all words of `[lexicon] name`."""
    lexicon: dict[str, list[str]] = {}
    for name, table in tables:
        for key, words in table.get("lexicon", {}).items():
            if key in lexicon or not isinstance(words, list):
                raise ConfigurationError(tr(f"rules/{name}：词表“{key}”重复或不是列表", f"rules/{name}: lexicon {key}"))
            lexicon[key] = words
    return lexicon


def _entries(
    tables: Sequence[tuple[str, RawTable]], kind: str, lexicon: Mapping[str, list[str]]
) -> Iterator[tuple[str, RawTable]]:
    for name, table in tables:
        for at, entry in enumerate(table.get(kind, []), 1):
            where = tr(f"rules/{name}，第 {at} 条", f"rules/{name}, entry {at}")
            yield where, expanded(entry, lexicon, where)


def expanded(value: Any, lexicon: Mapping[str, list[str]], where: str) -> Any:
    """The same with the words of lexicons in place of their names; raises ConfigurationError for one that is none."""
    if isinstance(value, Mapping):
        return {key: expanded(item, lexicon, where) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    made: list[Any] = []
    for item in value:
        if isinstance(item, str) and item.startswith("@"):
            if item[1:] not in lexicon:
                raise ConfigurationError(tr(f"{where}：没有词表“{item}”", f"{where}: no lexicon “{item}”"))
            made += expanded(lexicon[item[1:]], lexicon, where)
        else:
            made.append(expanded(item, lexicon, where))
    return made
