"""Failures that we can name: the environment, a hostile file, a refused act.

- The user's own data is never an error: it comes back as `Problem`s (desktop/domain/base/problems.py).
- A `DesktopError` carries a code and named context (ids, field names, numbers), never a value a person typed.
- Its sentence is data: resources/messages/*.toml, one entry a code, in Vietnamese and English (desktop/sentences.py).
- Whatever is not a `DesktopError` is our bug and is never caught on the way.

A subclass exists where a caller acts on the difference; all else is a code.
"""


class DesktopError(Exception):
    """A failure with a code; `str()` is for logs, the screen shows its sentence."""

    def __init__(self, code: str, **context: str | int) -> None:
        self.code = code
        self.context = context
        super().__init__(code, context)

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.context.items())])


class DefinitionError(DesktopError):
    """A file under forms/ that cannot be used; `problems` holds every one found, each with its line or key."""

    def __init__(self, problems: tuple[str, ...], **context: str | int) -> None:
        super().__init__("definition_invalid", problems="\n".join(problems), count=len(problems), **context)
        self.problems = problems


class RegistryError(DesktopError):
    """The registry cannot be opened, read or written."""


class WrongPassphrase(RegistryError):  # noqa: N818  a plain fact, as in the glossary
    """No key slot opens with this passphrase."""

    def __init__(self) -> None:
        super().__init__("wrong_passphrase")


class WeakKey(DesktopError):  # noqa: N818  a plain fact
    """A public key that anyone could sign for, or that is not a key at all."""


class CardError(DesktopError):
    """A station card that cannot be read or was not signed by its own key."""


class IntakeError(DesktopError):
    """Outside input that cannot be read at all."""


class PrintingError(DesktopError):
    """A document that cannot be made."""


class BundleError(DesktopError):
    """A bundle that is refused (REJECT); the code is FORMAT.md's name of the failure."""


class BundleHeld(DesktopError):  # noqa: N818  a verdict
    """A bundle to keep and try again later (HOLD)."""


class Cancelled(DesktopError):  # noqa: N818  a plain fact
    """The officer pressed Cancel; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("cancelled")
