"""`sotram demo`: the main job from start to end, through the real window."""

from pathlib import Path

import click


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/demo"),
    help="Folder for registries, bundles, PDFs and screenshots.",
)
def demo(out: Path) -> None:
    """Play two posts and a province: scan, save, print, send, receive, resolve. Opens a window when there is a display."""
    from desktop.demo import play  # noqa: PLC0415  every other command runs without Qt

    play(out)
