"""What can go wrong, each with the exit code of the contract; a message names file, place and remedy."""

from __future__ import annotations


class ReviewerError(Exception):
    """The program cannot go on; `exit_code` is what the shell sees (docs: exit codes)."""

    exit_code = 1


class UsageError(ReviewerError):
    """The words on the command line do not make sense together."""

    exit_code = 2


class NothingReadError(ReviewerError):
    """No such path, or no document under it."""

    exit_code = 3


class ConfigurationError(ReviewerError):
    """A rule, policy, roster or model file is wrong."""

    exit_code = 4


class EvidenceError(ReviewerError):
    """A ledger or record is broken, or a signature does not hold."""

    exit_code = 5


class RedactionError(ReviewerError):
    """A copy could not be proved to be free of what was to be removed."""

    exit_code = 6


class NotAllowedError(ReviewerError):
    """Wrong role, duties not separated, sign-off missing or void."""

    exit_code = 7
