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
    """Play two posts and a province, from scan to resolved conflict; in a window where there is a display."""
    from desktop.demo import play

    play(out)
