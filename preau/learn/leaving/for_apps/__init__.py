"""What younger apps keep of a person, said here for them."""
