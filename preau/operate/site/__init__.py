"""A site on this machine: its folder, its processes, its health."""
