"""Rulings that an office keeps in a file: by fingerprint, with a name, a reason and a day on which they lapse."""

from reviewer.baseline.file import Baseline, Entry, load_baseline, new_baseline, save_baseline

__all__ = ["Baseline", "Entry", "load_baseline", "new_baseline", "save_baseline"]
