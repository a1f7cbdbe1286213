"""Which ledgers this program reads and writes: the number of the format, and what is said of any other."""

from __future__ import annotations

from reviewer.errors import ConfigurationError
from reviewer.language import tr

PRESENT = 2  # 2: the nodes of the Merkle tree are kept beside the entries
OLDEST_FILE = 1  # an embedded ledger of format 1 is read and written as it is: its proofs only take longer
COLUMNS = ("seq", "time", "kind", "actor", "subject", "body", "prev", "hash", "envelope")


def check_format(place: str, found: int, oldest: int = PRESENT) -> None:
    """Raises ConfigurationError for a ledger that is older than `oldest`, or newer than this program."""
    if found > PRESENT:
        raise ConfigurationError(
            tr(
                f"{place}：台账格式是第 {found} 版，比本程序（第 {PRESENT} 版）新；请升级 reviewer。",
                f"{place}: the ledger has format {found}, newer than this program ({PRESENT}); install a newer one.",
            )
        )
    if found < oldest:
        raise ConfigurationError(
            tr(
                f"{place}：台账格式是第 {found} 版，比本程序（第 {PRESENT} 版）旧；"
                "先备份，再运行 reviewer ledger migrate。",
                f"{place}: the ledger has format {found}, older than this program ({PRESENT}); "
                "make a copy, then run reviewer ledger migrate.",
            )
        )
