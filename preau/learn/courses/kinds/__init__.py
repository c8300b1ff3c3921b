"""Kinds of activities. Each is a small Django app of one shape, listed in ``ACTIVITY_KINDS``."""

from preau.learn.courses.kinds.kind import Kind, Material, MaterialError
from preau.learn.courses.kinds.registry import all_kinds, kind_of

__all__ = ["Kind", "Material", "MaterialError", "all_kinds", "kind_of"]
