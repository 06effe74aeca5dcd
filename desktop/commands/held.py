"""`sotram held`: bundles that are kept for later, tried again or deleted."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from desktop.commands.console import Console, opened, registry_options
from desktop.workspace.exchange import held_bundles
from desktop.workspace.exchange.held_bundles import HeldBundleView, RetryResult


@click.group()
def held() -> None:
    """Bundles kept for later: not taken in yet, and never deleted unasked."""


@held.command("list")
@registry_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_held(speaker: Console, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List the held bundles, the longest held first."""
    with opened(speaker, folder, passphrase_file) as session:
        found = held_bundles.held_bundles(session)
    if as_json:
        speaker.result([_bundle_json(bundle) for bundle in found])
        return
    for bundle in found:
        click.echo(f"{bundle.digest}\t{bundle.held_at:%Y-%m-%d}\t{bundle.station}\t{bundle.reason}\t{bundle.file_name}")


@held.command("retry")
@registry_options
@click.option("--station", help="Only the bundles of this station.")
@click.pass_obj
def retry_held(speaker: Console, folder: Path, passphrase_file: Path | None, station: str | None) -> None:
    """Receive every held bundle again; what is taken in is held no longer."""
    with opened(speaker, folder, passphrase_file) as session:
        results = held_bundles.retry_all(session, station)
    speaker.result([retry_json(result) for result in results])
    say_retried(speaker, results)
    if not all(result.is_accepted for result in results):
        sys.exit(1)


@held.command("release")
@registry_options
@click.argument("digest")
@click.option("--reason", required=True, help="Why it is deleted; the audit log notes that a reason was given.")
@click.pass_obj
def release_held(speaker: Console, folder: Path, passphrase_file: Path | None, digest: str, reason: str) -> None:
    """Delete the held copy of a bundle, named by its digest; what it carries is not taken in."""
    with opened(speaker, folder, passphrase_file) as session:
        released = held_bundles.release(session, digest, reason)
    speaker.say("held_bundle_released", file=released.file_name)
    speaker.result(_bundle_json(released))


def say_retried(speaker: Console, results: Sequence[RetryResult]) -> None:
    """Say what became of each, then how many were taken in."""
    for result in results:
        if result.error is not None:
            speaker.say_error(result.error)
        elif result.received is not None:
            click.echo(f"{result.received.message(speaker.language)} [{result.received.code}]", err=True)
    accepted = sum(result.is_accepted for result in results)
    speaker.say("held_bundles_retried", tried=len(results), accepted=accepted, left=len(results) - accepted)


def retry_json(result: RetryResult) -> dict[str, str]:
    verdict = result.received.verdict if result.received is not None else ""
    return {**_bundle_json(result.bundle), "verdict": verdict, "reason": result.code}


def _bundle_json(bundle: HeldBundleView) -> dict[str, str]:
    return {
        "digest": bundle.digest,
        "file": bundle.file_name,
        "station": bundle.station,
        "reason": bundle.reason,
        "held_at": bundle.held_at.isoformat(),
    }
