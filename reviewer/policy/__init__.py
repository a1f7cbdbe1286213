"""What an office decided: its own rules, contacts it publishes, rules it does not use."""

from reviewer.policy.file import (
    DEFAULT,
    FILE_NAMES,
    Policy,
    find_policy,
    load_policy,
    mask_sections,
    signoff_sections,
    speaks,
)

__all__ = [
    "DEFAULT",
    "FILE_NAMES",
    "Policy",
    "find_policy",
    "load_policy",
    "mask_sections",
    "signoff_sections",
    "speaks",
]
