"""Forums: people of a run discuss, thread by thread."""
