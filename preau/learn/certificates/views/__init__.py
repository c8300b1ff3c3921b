"""Pages about certificates: seen by anyone, by who earns one, by who teaches."""
