"""Screens one document: reads it, detects, judges; the same for the command line, the gate and the audit."""

from reviewer.screen.screener import Screener, screener_for
from reviewer.screen.settings import Settings, settings
from reviewer.screen.walk import Walk, walk

__all__ = ["Screener", "Settings", "Walk", "screener_for", "settings", "walk"]
