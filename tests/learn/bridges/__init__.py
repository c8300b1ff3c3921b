"""Other systems’ formats."""
