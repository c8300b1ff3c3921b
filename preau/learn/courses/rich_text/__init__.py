"""Markdown in, clean HTML out."""

from preau.learn.courses.rich_text.render import Problem, Rendered, render

__all__ = ["Problem", "Rendered", "render"]
