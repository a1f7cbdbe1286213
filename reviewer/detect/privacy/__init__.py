"""Persons and what a document gives away of them: one function, `dossier`."""

from reviewer.detect.privacy.dossier import dossier

__all__ = ["dossier"]
