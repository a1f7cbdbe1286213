"""Where a ledger is: a path, or the URL of a PostgreSQL server, of which no password is ever shown."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from reviewer.errors import ConfigurationError
from reviewer.language import tr

_SERVER = re.compile(r"(postgres|postgresql|postgresql\+psycopg)://", re.ASCII)
_SECRET = frozenset({"password", "sslpassword", "passfile"})
_HIDDEN = "***"


def server(where: str | Path) -> str | None:
    """The URL of a server, for SQLAlchemy; None for a file. Raises ConfigurationError for a server of another kind."""
    if isinstance(where, Path) or "://" not in where:
        return None
    match = _SERVER.match(where)
    if match is None:
        kind = where.split("://", 1)[0]
        raise ConfigurationError(
            tr(
                f"{kind}://：台账放在本机文件或 PostgreSQL（postgresql://…）中。",
                f"{kind}://: a ledger is a local file or lies on PostgreSQL (postgresql://…).",
            )
        )
    return f"postgresql+psycopg://{where[match.end() :]}"


def shown(where: str | Path) -> str:
    """How messages name the ledger: the path, or the URL without anything secret."""
    if isinstance(where, Path) or "://" not in where:
        return str(where)
    scheme, _, rest = where.partition("://")
    login, at, address = rest.rpartition("@") if "@" in rest.split("?", 1)[0] else ("", "", rest)
    user, colon, _ = login.partition(":")
    place, mark, query = address.partition("?")
    return f"{scheme}://{user}{':' + _HIDDEN if colon else ''}{at}{place}{mark}{_veiled(query)}"


def veiled(message: str, where: str | Path) -> str:
    """A driver's words without the password, should they hold it."""
    for secret in _secrets(str(where)):
        message = message.replace(secret, _HIDDEN)
    return message


def _veiled(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(
        [(key, _HIDDEN if key in _SECRET else value) for key, value in pairs], safe="*/:,", quote_via=quote
    )


def _secrets(where: str) -> tuple[str, ...]:
    """Every spelling of a secret in the URL, the longest first."""
    try:
        parts = urlsplit(where)
        known = [parts.password or ""]
    except ValueError:  # no URL after all: whoever reads it will say so
        return ()
    known += [value for key, value in parse_qsl(parts.query) if key in _SECRET]
    spelled = {spelling for one in known for spelling in (one, unquote(one), quote(one, safe=""))}
    return tuple(sorted((one for one in spelled if one), key=len, reverse=True))
