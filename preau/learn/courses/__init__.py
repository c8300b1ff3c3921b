"""What there is to learn: courses, their runs, their content, and the folders they come from."""
