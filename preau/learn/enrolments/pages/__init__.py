"""Pages of a run, rendered once for everybody, and the filling of their holes."""
