"""Data written as text (JSON, XML): values at their paths, records as tables, and what is enclosed in them."""
