"""Draw the figures of the course as SVG, with no words to translate in them.

    python make_figures.py

Every figure has its own light panel, so that it reads on a light and on a dark
page, and letters large enough to be read on a phone.
"""

from figures_internet import FIGURES as INTERNET
from figures_mobile import FIGURES as MOBILE
from figures_networks import FIGURES as NETWORKS
from figures_signals import FIGURES as SIGNALS

for draw in (*SIGNALS, *NETWORKS, *MOBILE, *INTERNET):
    draw()
