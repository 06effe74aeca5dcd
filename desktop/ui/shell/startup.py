"""Which registry the window opens, and with what."""

from dataclasses import dataclass
from pathlib import Path

from desktop.workspace.base.definitions import definitions_of, own_forms
from desktop.workspace.base.environment import Environment
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.station import officers, registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Startup:
    """A folder, the world around it, and what is read from forms and resources once."""

    folder: Path
    surroundings: Environment
    definitions: Definitions


def open_again(door: Startup, passphrase: str) -> Session:
    """Open the registry with the forms it has now: one may have been brought in since; runs on the worker thread."""
    definitions = definitions_of(door.folder) if own_forms(door.folder).is_dir() else door.definitions
    return registry.open_registry(door.folder, passphrase, door.surroundings, definitions)


def recover(door: Startup, code: str, passphrase: str) -> Session:
    """Give the registry a new passphrase by its recovery code, and open it; runs on the worker thread."""
    officers.recover(door.folder, code, passphrase, door.surroundings, door.definitions)
    return registry.open_registry(door.folder, passphrase, door.surroundings, door.definitions)
