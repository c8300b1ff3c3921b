"""What pages of a forum show."""
