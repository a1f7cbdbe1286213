"""The office's decisions as they were approved: policy, rules, model and rulings of a commit, not of the change judged.

A change that edits them is judged by what was in force before it; whoever may merge decides about the edit itself.
"""

from __future__ import annotations

import posixpath
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewer.errors import ConfigurationError, UsageError
from reviewer.gate.git import git, git_or_nothing
from reviewer.language import tr
from reviewer.policy import FILE_NAMES, find_policy, load_policy, speaks
from reviewer.screen.settings import own_policy
from reviewer.value import dataclass

_REGULAR = ("100644", "100755")
HOOKS = (".pre-commit-config.yaml", ".pre-commit-hooks.yaml")
"""What says which hooks run: no part of the policy, and named when a change edits it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The policy file in force, taken out of a commit when it lies in the repository.

    `inside`: the files of the repository, by their paths below its root, that the verdict rests on.
    """

    policy: Path | None
    inside: tuple[str, ...]


@contextmanager
def approved(base: str, named: Path | None) -> Iterator[Approved]:
    """What commit `base` has decided, in a folder of this account's own that is gone afterwards.

    `named`: the policy file of the command line; one outside of the repository is taken as it is. Raises UsageError
    outside of a repository and for a commit that is none.
    """
    root = Path(git("rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n"))
    if not git_or_nothing("rev-parse", "--verify", "--quiet", f"{base}^{{tree}}"):
        if base != "HEAD":
            raise UsageError(tr(f"--base：没有提交“{base}”", f"--base: there is no commit “{base}”"))
        yield Approved(policy=_outside(root, named), inside=())  # before the first commit nothing is approved
        return
    path = _policy_path(base, root, named)
    if path is None:
        yield Approved(policy=_outside(root, named), inside=())
        return
    with _interruptible(), TemporaryDirectory(prefix="reviewer-") as folder:
        yield _taken_out(base, path, Path(folder))


@contextmanager
def _interruptible() -> Iterator[None]:
    """A program told to end leaves by the same door as one interrupted at the keyboard: nothing stays behind."""
    try:
        held = signal.signal(signal.SIGTERM, signal.default_int_handler)
    except ValueError:  # not the main thread: whoever runs it ends it
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, held)


def _outside(root: Path, named: Path | None) -> Path | None:
    if named is not None and not named.resolve().is_relative_to(root.resolve()):
        return named.resolve()
    if named is not None:
        raise ConfigurationError(
            tr(
                f"{named}：尚未经批准提交，不能作为放行的依据；先提交政策文件，或用仓库以外的文件",
                f"{named}: not in the approved commit; commit the policy first, or name one outside of the repository",
            )
        )
    return find_policy(root.parent) or own_policy()


def _policy_path(base: str, root: Path, named: Path | None) -> str | None:
    """The policy file of the commit, below the root: the one named, or the nearest to the current folder."""
    if named is not None:
        path = named.resolve()
        if not path.is_relative_to(root.resolve()):
            return None
        inside = path.relative_to(root.resolve()).as_posix()
        return inside if _objects(base, [inside]) else None
    folder = git("rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").rstrip("\n").rstrip("/")
    folders = [folder]
    while folders[-1]:
        folders.append(posixpath.dirname(folders[-1]))
    wanted = [posixpath.join(one, name) for one in folders for name in FILE_NAMES]
    held = _objects(base, wanted)
    for one in wanted:
        if one in held and (posixpath.basename(one) == FILE_NAMES[0] or speaks(git("cat-file", "blob", held[one]))):
            return one
    return None


def _taken_out(base: str, path: str, folder: Path) -> Approved:
    """The policy file and everything that it names, as they are in the commit."""
    taken = list(_write(base, [path], folder))
    policy_file = folder / path
    # Folders and files that the policy names must be there before it is read: they are checked.
    home = posixpath.dirname(path)
    taken += _write(base, _named(policy_file, home), folder)
    policy = load_policy(policy_file)
    if policy.baseline is not None and not policy.baseline.exists():
        raise ConfigurationError(
            tr(
                f"{path}：裁定文件 {policy.baseline.name} 不在已批准的提交 {base} 中",
                f"{path}: the baseline {policy.baseline.name} is not in the approved commit {base}",
            )
        )
    return Approved(policy=policy_file, inside=tuple(dict.fromkeys(taken)))


def _named(policy_file: Path, home: str) -> list[str]:
    import tomllib

    content = tomllib.loads(policy_file.read_bytes().decode("utf-8-sig", "replace"))
    if policy_file.name != FILE_NAMES[0]:
        content = content.get("tool", {}).get("reviewer", {})
    names = [*_strings(content.get("rules")), *_strings([content.get("baseline"), content.get("model")])]
    paths = [posixpath.normpath(posixpath.join(home, name)) for name in names if not posixpath.isabs(name)]
    return [path for path in paths if path != ".." and not path.startswith("../")]


def _strings(values: object) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _write(base: str, paths: Sequence[str], folder: Path) -> Iterator[str]:
    """Regular files of the commit, at and below these paths, written below the folder. A link is no decision."""
    for path, blob in _objects(base, paths, below=True).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(git("cat-file", "blob", blob))
        yield path


def _objects(base: str, paths: Sequence[str], *, below: bool = False) -> dict[str, str]:
    """Path → object of the regular files of a commit."""
    if not paths:
        return {}
    deep = ["-r"] if below else []
    found: dict[str, str] = {}
    for line in git("ls-tree", "-z", "--full-tree", *deep, base, "--", *paths).split(b"\0"):
        facts, _, name = line.partition(b"\t")
        mode, _, rest = facts.decode().partition(" ")
        if mode in _REGULAR:
            found[name.decode("utf-8", "surrogateescape")] = rest.partition(" ")[2]
    return found
