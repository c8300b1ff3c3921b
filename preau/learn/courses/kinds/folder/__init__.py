"""Several files to download."""
