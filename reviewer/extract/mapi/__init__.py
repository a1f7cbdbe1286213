"""What Outlook keeps of a message — MAPI properties — whichever file they were written into (.msg, winmail.dat)."""
