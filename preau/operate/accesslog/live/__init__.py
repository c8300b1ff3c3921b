"""The report over HTTP, on this machine: made anew when there is something new."""
