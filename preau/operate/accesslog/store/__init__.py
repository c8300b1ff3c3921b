"""From files of logs to rows by day, and how far each was read."""
