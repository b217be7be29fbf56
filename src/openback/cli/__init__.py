"""The command line: turns arguments into use cases and their answers into text or JSON.

With `--json` a command prints one JSON document on standard output and nothing else.
An error is one sentence on standard error; the exit status is 2 for input that cannot be used and
1 for what the machine or the data will not do.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import typer

from openback.cli.commands import cli
from openback.errors import BadInput, OpenbackError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status, having said one sentence if it could not be done."""
    _say_what_can_be_said()
    try:
        status = cli(args=arguments, prog_name="openback", standalone_mode=False)
    except OpenbackError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, BadInput) else 1
    except typer.TyperException as error:
        sentence = " ".join(error.format_message().split()).rstrip(".")
        print(f"{sentence}. `openback --help` lists what can be said.", file=sys.stderr)
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader went away (`openback exercises | head`): not an error. The interpreter would
        # complain once more when it flushes standard output at exit, so that is pointed at nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(_system_sentence(error), file=sys.stderr)
        return 1
    return status if isinstance(status, int) else 0


def _say_what_can_be_said() -> None:
    """Let a terminal that lacks a letter show a question mark in its place, instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _system_sentence(error: OSError) -> str:
    """Return what the system said no to, and what helps."""
    where = f" ({error.filename})" if error.filename else ""
    said = (error.strerror or str(error)).lower()
    return f"The system said no: {said}{where}. `openback doctor` looks at disk, folders and database."
