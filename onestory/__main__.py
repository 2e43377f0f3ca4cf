"""The command line: `onestory`, or `python -m onestory`."""

import importlib
import os
import sys

import click

# Each command's module is read only when it is asked for, after Django is ready, so that
# `onestory --help` answers at once and starts no database.
COMMANDS = {
    "setup": "Prepare a system for an area, or bring it up to date. May be run again.",
    "createadmin": "Make the first administrator.",
    "serve": "Serve the pages and do the queued work, until Ctrl-C.",
    "work": "Do the queued work only.",
    "demo": "Load the made-up area and serve it.",
    "import": "Import files, all or nothing.",
    "report": "Write a report to a file.",
    "figures": "Compare figures that were printed with what OneStory makes.",
    "snapshot": "Make a dated snapshot for figures, without identity.",
    "measure": "Say what measures there are, what each counts, and what it comes to.",
    "access": "Say what a team knew of somebody on a day.",
    "audit": "Check and seal the record of who did and read what.",
    "reference": "Write the reference pages of docs/reference from the definitions.",
    "check": "Say what is missing before real people's data may go in.",
}


class Commands(click.Group):
    def list_commands(self, context):
        return list(COMMANDS)

    def get_command(self, context, name):
        if name not in COMMANDS:
            return None
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onestory.settings")
        if name == "demo":
            # Else it would ask for HTTPS and second factors, which nobody has set up for it.
            os.environ.setdefault("ONESTORY_DEMO", "1")
        importlib.import_module("django").setup()
        module = importlib.import_module(f"onestory.commands.{name}_")
        return module.command

    def format_commands(self, context, formatter):
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onestory", prog_name="OneStory")
def onestory():
    """The working system of a local partnership that answers domestic abuse and sexual violence.

    Data lie in ONESTORY_HOME (a folder of the project by default) on an embedded PostgreSQL, or
    on the server that DATABASE_URL names.
    """


def main() -> None:
    onestory(prog_name="onestory")


if __name__ == "__main__":
    sys.exit(main())
