"""Préau: a MOOC in one package, the learners' site and the operator's tools."""

__version__ = "0.1.0"
