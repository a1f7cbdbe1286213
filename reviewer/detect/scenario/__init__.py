"""Kinds of disclosure: what the law wants shown, lets be shown and keeps back in each; data in rules/, applied here."""
