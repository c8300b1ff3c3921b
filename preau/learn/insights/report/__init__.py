"""A month on one page and on paper, for somebody who has no account: a director."""
