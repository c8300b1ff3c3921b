"""One file for each sub-command of ``preau``; each parses, calls its tool and prints."""
