"""``preau``: the operator's command line. Errors become one line and an exit code, here only."""

import importlib
import sys

import click

import preau
from preau.kit.errors import PreauError

# Every command, by name; its module is loaded only when it is asked for.
COMMANDS: dict[str, str] = {
    "accesslog": "The web server's log: read, counted and shown.",
    "certificate": "Check certificates.",
    "config": "Show and explain the site's settings.",
    "course": "Take courses in, write them out.",
    "demo": "Put a MOOC online with its sample course.",
    "doctor": "Check a site and say what to do.",
    "events": "The record of what people did.",
    "init": "Make a site.",
    "manage": "Run one of the site's own management commands.",
    "person": "Hand out what is kept of a person, or erase it.",
    "questions": "Look at question files, take them in, write them out.",
    "role": "Say what somebody is.",
    "stats": "Count what people do, and show it.",
    "serve": "Serve a site: web server, task worker, scheduler.",
}


class Commands(click.Group):
    """The sub-commands, each ``preau.operate.commands.<name>_cmd``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"preau.operate.commands.{cmd_name}_cmd")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(preau.__version__, prog_name="preau")
def cli() -> None:
    """Put an open course before thousands of people, and keep it there.

    Commands that work on a site take --site DIR, or PREAU_SITE, or the current folder.
    """


def main(words: list[str] | None = None) -> None:
    """Run the command line; a command answers its exit code, or None when all is well."""
    sys.exit(_run(words))


def _run(words: list[str] | None) -> int:
    try:
        code = cli(words, standalone_mode=False)
    except PreauError as error:
        click.echo(f"{click.style('Error:', fg='red')} {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
