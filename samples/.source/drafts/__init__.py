"""Invented office drafts: their people, their formats and, folder by folder, the table of what is made."""
