"""`openback doctor`: what is missing on this machine, and the command that mends it."""

from __future__ import annotations

import typer

from openback.cli.output import AsJson, out, print_json
from openback.services.health import Finding, examine


def doctor(*, as_json: AsJson = False) -> None:
    """Say what is missing on this machine and the command that mends it."""
    findings = examine()
    if as_json:
        print_json([_plain(finding) for finding in findings])
    else:
        for finding in findings:
            out.print(f"{'✓' if finding.well else '✗'} {finding.what}: {finding.says}", markup=False)
            if finding.mend:
                out.print(f"  {finding.mend}", markup=False)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def _plain(finding: Finding) -> dict[str, object]:
    return {"what": finding.what, "well": finding.well, "says": finding.says, "mend": finding.mend}
