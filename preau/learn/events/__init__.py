"""The record of what people did: appended to files, read and compacted later."""
