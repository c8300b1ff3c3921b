"""What the site and the operator's tools share; knows no framework."""
