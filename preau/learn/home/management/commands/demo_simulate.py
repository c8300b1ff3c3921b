"""``demo_simulate``: learners of the sample course, so that statistics have something to show."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from preau.learn.accounts.models import Person
from preau.learn.certificates.actions import set_conditions
from preau.learn.certificates.catching_up import catch_up_with
from preau.learn.courses.models import Run
from preau.learn.home.management.commands.demo_load import RUN, sample_folder

_LEARNERS, _WEEKS, _SEED = 240, 8, 2013


class Command(BaseCommand):
    """Safe to run again: who is there stays. The site's own worker counts what they did."""

    help = "Make up learners of the sample course, and what they did in eight weeks."

    def handle(self, *args: object, **options: Any) -> None:
        """Run the simulator on this site, once."""
        if Person.objects.filter(email=f"learner-{_SEED}-1@example.org").exists():
            return
        words = ["--site", str(settings.SITE_FOLDER), "--run", RUN, "--seed", str(_SEED)]
        words += ["--learners", str(_LEARNERS), "--weeks", str(_WEEKS)]
        program = sample_folder("simulated-run") / "simulate.py"
        subprocess.run([sys.executable, str(program), *words], check=True)
        _give_certificates()


def _give_certificates() -> None:
    """The run gives certificates, and who of them completed everything has one now."""
    run = Run.objects.get(key=RUN)
    set_conditions(run, given=True, least=None, with_marks=True)
    catch_up_with(run.pk, _LEARNERS * 2)
