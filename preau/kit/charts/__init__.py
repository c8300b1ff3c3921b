"""Pictures of numbers, as SVG: the same on a page, in a report and in a file of their own.

A chart is made of shapes with class names; a page's own style sheet colours them, so they follow
its light and dark. ``standalone`` adds the colours, for a file. No script, no font, no library.
"""

from preau.kit.charts.bars import stacked_bars
from preau.kit.charts.curves import curves
from preau.kit.charts.heat import heat_map
from preau.kit.charts.scale import clipped
from preau.kit.charts.svg import Svg, standalone

__all__ = ["Svg", "clipped", "curves", "heat_map", "stacked_bars", "standalone"]
