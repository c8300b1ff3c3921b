"""One file to download."""
