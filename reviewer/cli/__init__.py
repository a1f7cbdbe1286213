"""What a person types: one file per command, and the table of commands (`commands`)."""
