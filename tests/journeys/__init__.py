"""The whole product through its front door: real commands, a real server, a real browser."""
