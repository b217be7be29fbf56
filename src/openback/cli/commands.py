"""Every command, in the order in which help lists them."""

from __future__ import annotations

from typing import Annotated

import typer

from openback import __version__
from openback.cli import (
    analyze,
    doctor,
    eat,
    exercises,
    foods,
    history,
    paper,
    plan,
    posture,
    serve,
    training,
)
from openback.cli.output import AsJson, print_json

cli = typer.Typer(
    name="openback",
    help="A personal trainer for the upper back that runs on your own machine.",
    no_args_is_help=False,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@cli.callback()
def start(
    context: typer.Context,
    *,
    port: serve.Port = serve.DEFAULT_PORT,
    host: serve.Host = serve.DEFAULT_HOST,
    no_browser: serve.NoBrowser = False,
    as_json: AsJson = False,
    version: Annotated[bool, typer.Option("--version", help="Say the version and leave.")] = False,
) -> None:
    """Start the app and open the browser, unless a command is named."""
    if version:
        if as_json:
            print_json({"openback": __version__})
        else:
            typer.echo(f"openback {__version__}")
        raise typer.Exit
    if as_json and context.invoked_subcommand is not None:
        message = f"Say --json after the command: openback {context.invoked_subcommand} --json"
        raise typer.BadParameter(message)
    if context.invoked_subcommand is None:
        serve.run(serve.Listening(port=port, host=host, open_browser=not no_browser, as_json=as_json))
        return
    for name in ("port", "host", "no_browser"):
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = "--" + name.replace("_", "-")
            message = f"Say {option} after the command: openback {context.invoked_subcommand} {option}"
            raise typer.BadParameter(message)


cli.command()(serve.serve)
cli.command()(serve.demo)
cli.command()(training.today)
cli.command()(training.train)
cli.command()(training.log)
cli.command()(training.progress)
cli.command()(training.review)
cli.command()(training.profile)
cli.command()(exercises.exercises)
cli.command()(plan.plan)
cli.command()(plan.predict)
cli.command()(eat.eat)
cli.command()(analyze.analyze)
cli.command()(posture.posture)
cli.command("import")(history.bring)
cli.add_typer(foods.foods_cli, name="foods")
cli.command()(paper.report)
cli.command()(paper.calendar)
cli.command()(history.export)
cli.command()(history.backup)
cli.command()(history.restore)
cli.command()(doctor.doctor)
