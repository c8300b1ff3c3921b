"""Other systems' formats and protocols."""
