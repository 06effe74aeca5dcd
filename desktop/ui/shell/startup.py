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
    environment: Environment
    definitions: Definitions


def open_again(startup: Startup, passphrase: str) -> Session:
    """Open the registry with the forms it has now: one may have been brought in since; runs on the worker thread."""
    definitions = definitions_of(startup.folder) if own_forms(startup.folder).is_dir() else startup.definitions
    return registry.open_registry(startup.folder, passphrase, startup.environment, definitions)


def recover(startup: Startup, code: str, passphrase: str) -> Session:
    """Give the registry a new passphrase by its recovery code, and open it; runs on the worker thread."""
    officers.recover(startup.folder, code, passphrase, startup.environment, startup.definitions)
    return registry.open_registry(startup.folder, passphrase, startup.environment, startup.definitions)
