"""`sotram forms`: whether the definition files can be used, and a form of others as a register of a registry's own."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from desktop.commands.console import Console
from desktop.errors import RegistryError
from desktop.intake import workbooks
from desktop.intake.xlsform.notes import ConversionNote
from desktop.sentences import sentence
from desktop.workspace.base.definitions import count_definitions, own_forms
from desktop.workspace.base.session import VIETNAM
from desktop.workspace.station.registry import has_registry

if TYPE_CHECKING:  # pyxform takes a third of a second to load, which every other command would pay
    from desktop.workspace.imports.form_import import ImportedForm

_MOST_ROWS_SAID: Final = 10


@click.group()
def forms() -> None:
    """Registers, code lists, documents, deadlines and reports as data."""


@forms.command("check")
@click.option(
    "--forms",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with the definition files; else those of the program.",
)
@click.option(
    "--registry",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of a registry whose own definitions are read, too.",
)
@click.pass_obj
def check_forms(speaker: Console, folder: Path | None, registry: Path | None) -> None:
    """Read every definition file and say every problem with its file, line and key."""
    own = own_forms(registry) if registry is not None else None
    speaker.result({"ok": True, **count_definitions(folder, own=own)})


@forms.command("import-xlsform")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--registry",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the registry that gets the register; it is written among its own definitions.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Another folder for the files.")
@click.option(
    "--id", "identity", default="", help="Id of the register; else it is made of the form's id or the file's name."
)
@click.option("--number", default="", help="Capital letters before its record numbers; else its initials.")
@click.option("--replace", is_flag=True, help="Replace a register that differs; its version grows.")
@click.option("--dry-run", is_flag=True, help="Only tell; nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (always so).")
@click.pass_obj
def import_xlsform(
    speaker: Console,
    file: Path,
    registry: Path | None,
    out: Path | None,
    identity: str,
    number: str,
    replace: bool,
    dry_run: bool,
    as_json: bool,  # noqa: ARG001  the answer is JSON either way
) -> None:
    """Make a register of a form for KoboToolbox or ODK (XLSForm, .xlsx), and report all that it could not carry."""
    from desktop.workspace.imports.form_import import FormImportRequest, import_form

    folder = _folder(registry, out, is_trial=dry_run)
    export_requests = FormImportRequest(id=identity, number=number, replace=replace, dry_run=dry_run)
    today = speaker.environment.now().astimezone(VIETNAM).date()
    found = import_form(workbooks.read_file(file), file.stem, folder, export_requests, today)
    for line in _lines(speaker, found.notes):
        click.echo(line, err=True)
    code = "form_checked" if dry_run else "form_imported" if found.is_changed else "form_unchanged"
    counts = {"version": found.version, "fields": len(found.carried), "notes": len(found.notes)}
    speaker.say(code, register=found.register, **counts)
    speaker.result(_said(speaker, found))


def _folder(registry: Path | None, out: Path | None, *, is_trial: bool) -> Path | None:
    if registry is not None and out is not None:
        raise click.UsageError("--registry or --out, not both")
    if registry is not None:
        if not has_registry(registry):
            raise RegistryError("registry_missing")
        return own_forms(registry)
    if out is None and not is_trial:
        raise click.UsageError("--registry DIR or --out FOLDER says where the register goes")
    return out


def _said(speaker: Console, found: "ImportedForm") -> dict[str, object]:
    return {
        "register": found.register,
        "number": found.number,
        "version": found.version,
        "changed": found.is_changed,
        "files": list(found.files),
        "fields": len(found.carried),
        "carried": [
            {"row": one.row, "name": one.name, "field": one.field, "type": one.type, "privacy": one.privacy}
            for one in found.carried
        ],
        "not_carried": [
            {
                "sheet": note.sheet,
                "row": note.row,
                "column": note.column,
                "code": note.code.value,
                "done": note.done.value,
                "why": note.why.value if note.why else None,
                "message": _text(speaker, note),
            }
            for note in found.notes
        ],
    }


def _text(speaker: Console, note: ConversionNote) -> str:
    reason = sentence(note.why, note.why_context, speaker.language) if note.why else ""
    return sentence(note.code, {**note.context, "reason": reason}, speaker.language)


def _lines(speaker: Console, notes: Iterable[ConversionNote]) -> Iterator[str]:
    """Yield a sentence for each thing of the form that was not carried; the same of many rows is said once."""
    rows: dict[tuple[str, str, str, str], list[int]] = {}
    for note in notes:
        rows.setdefault((note.sheet, note.column, note.code.value, _text(speaker, note)), []).append(note.row)
    for (sheet, column, code, text), found in rows.items():
        more = f" … ({len(found)})" if len(found) > _MOST_ROWS_SAID else ""
        context: Mapping[str, str] = {
            "sheet": sheet,
            "rows": ", ".join(map(str, found[:_MOST_ROWS_SAID])) + more,
            "column": column,
            "text": text,
        }
        place = "xlsform_place" if column and found[0] else "xlsform_place_row" if found[0] else "xlsform_place_sheet"
        yield f"{sentence(place, context, speaker.language)} [{code}]"
