"""Where a command writes: a file that is not there yet, so that nothing is lost by a name typed twice."""

import os
from pathlib import Path
from typing import Any

import click

from desktop.errors import DesktopError


class NewFile(click.Path):
    """A path to write to; refused while the command line is read, before a passphrase is asked or an act logged."""

    def __init__(self, *, dir_okay: bool = False) -> None:
        super().__init__(path_type=Path, dir_okay=dir_okay)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401  click's
        """Return the path. A device or a pipe may be written as often as one likes.

        Raises:
            DesktopError: file_exists.
        """
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path.is_file() or (path.is_symlink() and not path.exists()):
            raise DesktopError("file_exists", file=path.name)
        return path
