"""The gate: nothing unreviewed goes out. Judges staged bytes, fast, before a commit or a publication."""
