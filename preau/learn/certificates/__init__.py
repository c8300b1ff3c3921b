"""Certificates: what a learner who completed a run takes along, signed by the site."""
