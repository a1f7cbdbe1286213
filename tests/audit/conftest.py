"""The fixtures of this folder; what they and the tests share is in `archives`."""

from archives import archive, audit, office

__all__ = ["archive", "audit", "office"]
