"""Questions as data: what they are, how they are marked, the files they travel in."""
