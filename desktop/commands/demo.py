"""`sotram demo`: the main job from start to end, through the real window."""

from pathlib import Path

import click

from desktop.commands.console import Console


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/demo"),
    help="Folder for registries, bundles, PDFs and screenshots: new, empty, or of an earlier demo, which is replaced.",
)
@click.pass_obj
def demo(speaker: Console, out: Path) -> None:
    """Play two posts and a province, from scan to resolved conflict; in a window where there is a display."""
    from desktop.demo.scenario import play

    play(out, speaker.say)
