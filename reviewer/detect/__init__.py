"""Finds what must not go out: one file per rule kind, one table (`kinds`), one function (`detect`)."""

from reviewer.detect.ruleset import Ruleset, load_ruleset
from reviewer.detect.run import Detection, detect

__all__ = ["Detection", "Ruleset", "detect", "load_ruleset"]
