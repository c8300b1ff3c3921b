"""The pages of a quiz, for those who take it."""
