"""Where the data folders are: beside the package in a checkout, inside it in a wheel or a frozen program."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def forms_dir() -> Path:
    return _data_root() / "forms"


def resources_dir() -> Path:
    return _data_root() / "resources"


def _data_root() -> Path:
    inside = _PACKAGE / "_data"
    return inside if inside.is_dir() else _PACKAGE.parent
