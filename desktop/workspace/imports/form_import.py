"""A form made for KoboToolbox or ODK (XLSForm) as a register of a registry's own, or of another folder.

- The form is translated in memory, then read together with every other definition as the program will read it: what
  cannot be loaded is never written.
- The same form again writes nothing. A form that changed is written only when asked for, as a new version; a code that
  it has no longer stays in its list, no longer valid, for the records that hold it.
- Files are written beside their places first and put there by renaming, code lists before the register that names them.
"""

import datetime as dt
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from desktop.domain.conditions.parser import RESERVED
from desktop.domain.definitions.custom_forms import custom_documents, read_custom_files
from desktop.domain.definitions.loader import load_library
from desktop.domain.definitions.toml_writer import Content, toml_text
from desktop.domain.documents.loader import read_documents
from desktop.domain.log.operation import FIELD_ID
from desktop.errors import DesktopError
from desktop.intake.xlsform.form import XlsForm, read_form
from desktop.intake.xlsform.names import id_of, number_of
from desktop.intake.xlsform.notes import Carried, ConversionNote
from desktop.intake.xlsform.register import NUMBER, NewRegister, RegisterContent, make_register
from desktop.paths import forms_dir
from desktop.workspace.base.definitions import read_definitions

FIRST_RAIL: Final = 31
_COMMENT: Final = (
    "Made by `sotram forms import-xlsform` from a form for KoboToolbox or ODK. It may be changed by hand;\n"
    "importing the form again with --replace takes the changes back."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormImportRequest:
    """What the register is to be called and whether one that is there may be replaced; empty is chosen for you."""

    id: str = ""
    number: str = ""
    replace: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedForm:
    """What an import gave; `files` are the names of those written, none when nothing had to be."""

    register: str
    number: str
    version: int
    files: tuple[str, ...]
    is_changed: bool
    carried: tuple[Carried, ...]
    notes: tuple[ConversionNote, ...]


def import_form(
    content: bytes, name: str, folder: Path | None, export_requests: FormImportRequest, today: dt.date
) -> ImportedForm:
    """Make a register of a form and write its files into a folder; `name` is for a form that does not say its own.

    Without a folder nothing is written.

    Raises:
        IntakeError: those of `read_form` and `make_register`.
        DesktopError: form_id_wrong, form_id_taken, form_number_wrong, form_exists, form_not_written.
        DefinitionError: other files in the folder cannot be read.
    """
    form = read_form(content)
    own = read_custom_files(folder) if folder is not None else {}
    target = _target(form, name, own, export_requests)
    made = make_register(form, target)
    files = _files(made, own, today)
    is_new = f"registers/{target.id}.toml" not in own
    is_changed = any(own.get(file) != text for file, text in files.items())
    is_written_over = any(file in own and own[file] != text for file, text in files.items())
    if (is_written_over or (is_changed and not is_new)) and not export_requests.replace:
        raise DesktopError("form_exists", register=target.id)
    if is_changed and not is_new:
        made = RegisterContent(
            register={**made.register, "version": target.version + 1},
            code_lists=made.code_lists,
            document={**made.document, "version": target.version + 1},
        )
        files = _files(made, own, today)
    _require_loadable({**own, **files})
    if is_changed and folder is not None and not export_requests.dry_run:
        _write(folder, files)
    return ImportedForm(
        register=target.id,
        number=target.number,
        version=int(made.register["version"]),
        files=tuple(files) if is_changed else (),
        is_changed=is_changed,
        carried=tuple(form.notes.carried),
        notes=form.notes.all(),
    )


def _target(form: XlsForm, name: str, own: Mapping[str, bytes], export_requests: FormImportRequest) -> NewRegister:
    program = read_definitions().library
    identity = export_requests.id or id_of(form.id or name, frozenset(), prefix="form")
    if not FIELD_ID.fullmatch(identity) or identity in RESERVED:
        raise DesktopError("form_id_wrong", register=identity[:60])
    if identity in program.registers:
        raise DesktopError("form_id_taken", register=identity)
    registers = {Path(file).stem: _read(text) for file, text in own.items() if file.startswith("registers/")}
    there = registers.pop(identity, {})
    numbers = {one.number for one in program.registers.values()} | {
        str(one.get("number")) for one in registers.values()
    }
    rails = {one.rail for one in program.registers.values()} | {one.get("rail") for one in registers.values()}
    number = export_requests.number or there.get("number") or number_of(identity, numbers)
    if not (isinstance(number, str) and NUMBER.fullmatch(number)) or number in numbers:
        raise DesktopError("form_number_wrong", number=str(number)[:20])
    rail = there.get("rail")
    if not isinstance(rail, int) or rail in rails:
        rail = next(place for place in range(FIRST_RAIL, FIRST_RAIL + len(rails) + 1) if place not in rails)
    version = there.get("version")
    lists = {Path(file).stem for file in own if file.startswith("code_lists/")} - _lists_of(there)
    return NewRegister(
        id=identity,
        number=number,
        rail=rail,
        version=version if isinstance(version, int) and version > 0 else 1,
        name=form.title or name,
        fields=frozenset(field.id for section in program.envelope for field in section.fields),
        sections=frozenset(section.id for section in program.envelope),
        lists=frozenset({*program.code_lists, *lists}),
    )


def _read(text: bytes) -> Mapping[str, Any]:
    """Return what a definition file holds, nothing when it cannot be read: loading reports that."""
    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}


def _lists_of(register: Mapping[str, Any]) -> set[str]:
    """Return the code lists that a register's file names."""
    fields = [field for section in _tables(register, "section") for field in _tables(section, "field")]
    columns = [column for field in fields for column in (field, *_tables(field, "field"))]
    return {column["codes"] for column in columns if isinstance(column.get("codes"), str)}


def _tables(table: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    found = table.get(key)
    return (item for item in found if isinstance(item, dict)) if isinstance(found, list) else iter(())


def _files(made: RegisterContent, own: Mapping[str, bytes], today: dt.date) -> dict[str, bytes]:
    """Return the files of a register by name, in the order in which they are written."""
    contents: dict[str, Content] = {}
    for identity, content in made.code_lists.items():
        name = f"code_lists/{identity}.toml"
        contents[name] = {**content, "code": _with_retired(content["code"], _read(own.get(name, b"")), today)}
    contents[f"documents/{made.document['id']}.toml"] = made.document
    contents[f"registers/{made.register['id']}.toml"] = made.register
    return {name: toml_text(content, comment=_COMMENT).encode() for name, content in contents.items()}


def _with_retired(codes: list[Content], old: Mapping[str, Any], today: dt.date) -> list[Content]:
    """Return the codes of a list, and after them those that it had before, valid until yesterday."""
    values = {code["value"] for code in codes}
    labels = {text for code in codes for text in code["label"].values()}
    found = list(codes)
    for code in _tables(old, "code"):
        if code.get("value") in values:
            continue
        last = code.get("valid_to", today - dt.timedelta(days=1))
        label = code["label"]
        if labels & set(label.values()):
            label = {language: f"{text} ({_UNTIL[language]} {last:%d/%m/%Y})" for language, text in label.items()}
        labels |= set(label.values())
        found.append({"value": code["value"], "label": label, "valid_to": last})
    return found


_UNTIL: Final = {"vi": "đến", "en": "until"}


def _require_loadable(own: Mapping[str, bytes]) -> None:
    """Read everything as the program will. Raises DefinitionError."""
    library = load_library(forms_dir(), own)
    read_documents(custom_documents(own), library)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every file beside its place, then put all of them there. Raises DesktopError form_not_written."""
    name = ""
    parts: dict[Path, Path] = {}
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            parts[path] = path.with_name(f"{path.name}.part")
            with parts[path].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for path, part in parts.items():
            name = path.relative_to(folder).as_posix()
            part.replace(path)
    except OSError as error:
        raise DesktopError("form_not_written", file=name, reason=error.strerror or "") from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
