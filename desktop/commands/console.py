"""How a command speaks: JSON on stdout, sentences with their code on stderr, the registry opened with a passphrase."""

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any, Final, NoReturn, TypeVar

import click

from desktop.domain.base.problems import Problem, Severity
from desktop.errors import DesktopError
from desktop.sentences import Language, sentence
from desktop.workspace.base.definitions import definitions_of
from desktop.workspace.base.environment import Environment, real_environment
from desktop.workspace.base.session import Session
from desktop.workspace.station.registry import give_day, open_registry

LARGEST_INPUT: Final = 4 * 1024 * 1024
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Console:
    """The language of this run, the world it runs in, and the day it is, should the clock be in doubt."""

    def __init__(
        self, language: Language, environment: Environment | None = None, today: dt.date | None = None
    ) -> None:
        self.language = language
        self.today = today
        self.environment = environment or real_environment()

    def result(self, content: object) -> None:
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))

    def say(self, code: str, **context: str | int) -> None:
        click.echo(f"{sentence(code, context, self.language)} [{code}]", err=True)

    def say_error(self, error: DesktopError) -> None:
        click.echo(f"{sentence(error.code, error.context, self.language)} [{error.code}]", err=True)

    def say_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            click.echo(self.problem_line(problem), err=True)

    def problem_line(self, problem: Problem) -> str:
        place = f"{problem.field}: " if problem.field else ""
        basis = f" ({problem.legal_basis})" if problem.legal_basis else ""
        return f"{place}{self.problem_text(problem)}{basis} [{problem.code}]"

    def problem_text(self, problem: Problem) -> str:
        if problem.message is not None:
            return problem.message.text(self.language)
        return sentence(problem.code, problem.context, self.language)

    def problem_json(self, problem: Problem) -> dict[str, str | None]:
        return {
            "code": problem.code,
            "severity": problem.severity.value,
            "field": problem.field,
            "message": self.problem_text(problem),
        }

    def refuse(self, problems: Iterable[Problem]) -> NoReturn:
        """Say every problem and end with status 1."""
        found = tuple(problems)
        self.say_problems(found)
        if all(problem.severity is Severity.WARNING for problem in found):
            self.say("reason_needed", count=len(found))
        sys.exit(1)


def registry_options(command: _Command) -> _Command:
    """Add --registry and --passphrase-file."""
    folder = click.option(
        "--registry",
        "folder",
        required=True,
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of the registry.",
    )
    return folder(passphrase_option(command))


def passphrase_option(command: _Command) -> _Command:
    option = click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        envvar="SOTRAM_PASSPHRASE_FILE",
        help="File whose first line is the passphrase (or SOTRAM_PASSPHRASE_FILE); else it is asked.",
    )
    return option(command)


def passphrase_of(path: Path | None, *, is_new: bool = False) -> str:
    """Read the first line of a file, or ask; a new one is asked twice."""
    if path is not None:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        return lines[0] if lines else ""
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=is_new, err=True))


def opened(speaker: Console, folder: Path, passphrase_file: Path | None) -> Session:
    """Open the registry of a command, and say a doubtful clock or a key file repaired. Raises DesktopError."""
    session = open_registry(folder, passphrase_of(passphrase_file), speaker.environment, definitions_of(folder))
    try:
        _say_clock(speaker, session)
        if session.key_copies.code:
            speaker.say(session.key_copies.code)
    except BaseException:
        session.close()
        raise
    return session


def _say_clock(speaker: Console, session: Session) -> None:
    if session.clock.doubt is not None and speaker.today is not None:
        give_day(session, speaker.today)
    warning = session.clock.warning()
    if warning is not None:
        speaker.say(warning.code, **warning.context)
        if warning.is_asked:
            speaker.say("clock_doubt_option")


def json_from(source: IO[bytes]) -> Any:  # noqa: ANN401  JSON is any shape until validated
    """Read a JSON file or stdin, bounded.

    Raises:
        DesktopError: json_too_large, json_unreadable.
    """
    content = source.read(LARGEST_INPUT + 1)
    if len(content) > LARGEST_INPUT:
        raise DesktopError("json_too_large", limit=LARGEST_INPUT)
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise DesktopError("json_unreadable", line=error.lineno, column=error.colno) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise DesktopError("json_unreadable", line=1, column=1) from None


def _refuse_constant(_name: str) -> NoReturn:
    message = "not a JSON number"
    raise ValueError(message)
