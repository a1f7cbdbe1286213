"""What spreadsheets have in common, in whatever format a file keeps them."""
