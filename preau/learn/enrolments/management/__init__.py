"""Management of enrolments."""
