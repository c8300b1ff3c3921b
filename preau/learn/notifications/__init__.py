"""Messages to people. For now: letters, sent by the task worker."""
