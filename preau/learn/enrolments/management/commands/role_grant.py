"""``role_grant ADDRESS ROLE [--run RUN]``: say what somebody is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from preau.kit.errors import PreauError
from preau.learn.accounts.actions import grant_site_role
from preau.learn.accounts.models import Person, SiteRole
from preau.learn.courses.runs import run_named
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import RunRole


class Command(BaseCommand):
    """Site roles without ``--run``, run roles with it; enrols where needed."""

    help = "Make somebody manager or operator of the site, or tutor or teacher of a run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, what, where."""
        parser.add_argument("address")
        parser.add_argument("role")
        parser.add_argument("--run")

    def handle(self, *args: object, **options: Any) -> None:
        """Check all three, then grant."""
        address, role = options["address"].strip().lower(), options["role"]
        person = Person.objects.filter(email=address).first()
        if person is None:
            raise PreauError(f"Nobody has an account with the address {address}; sign up first.")
        in_run = options["run"] is not None
        known = RunRole.values if in_run else SiteRole.values
        if role not in known:
            where = "in a run" if in_run else "on the site (name a run with --run for others)"
            raise PreauError(f"“{role}” is not a role {where}; choose one of {', '.join(known)}.")
        if not in_run:
            grant_site_role(person, SiteRole(role))
            self.stdout.write(f"{address} is now {role} of the site.")
            return
        run = run_named(options["run"])
        place_in_run(person, run, RunRole(role))
        self.stdout.write(f"{address} is now {role} in {run.key}.")
