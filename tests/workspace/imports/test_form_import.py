"""Importing a form again: the same is nothing, another one is a new version, and no answer that was given is lost."""

import datetime as dt
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.definitions.custom_forms import read_custom_files
from desktop.errors import DefinitionError, DesktopError
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.imports.form_import import FormImportRequest, ImportedForm, import_form
from tests.intake.xlsform.sheets import form

TODAY = dt.date(2026, 11, 21)
KINDS = (("kind", "a", "Rice"), ("kind", "b", "Maize"))


def visit(*choices: tuple[str, str, str], label: str = "Village") -> bytes:
    return form([("text", "q1", label), ("select_one kind", "crop", "Crop")], choices=choices or KINDS)


def bring(
    content: bytes,
    folder: Path,
    *,
    replace: bool = False,
    day: dt.date = TODAY,
    identity: str = "",
    number: str = "",
) -> ImportedForm:
    return import_form(content, "visit", folder, FormImportRequest(id=identity, number=number, replace=replace), day)


def codes(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((folder / "code_lists" / "visit_kind.toml").read_text())["code"]
    return found


def test_a_form_that_differs_is_refused_until_it_is_asked_for_and_then_is_a_new_version(tmp_path: Path) -> None:
    bring(visit(), tmp_path)
    before = read_custom_files(tmp_path)

    with pytest.raises(DesktopError) as caught:
        bring(visit(label="Hamlet"), tmp_path)
    assert caught.value.code == "form_exists"
    assert read_custom_files(tmp_path) == before

    again = bring(visit(label="Hamlet"), tmp_path, replace=True)

    assert (again.version, again.is_changed) == (2, True)
    found = read_definitions(own=tmp_path)
    assert found.library.registers["visit"].version == 2
    assert found.documents["visit_sheet"].version == 2
    assert not bring(visit(label="Hamlet"), tmp_path).is_changed


def test_the_number_and_the_place_in_the_rail_stay_when_a_form_is_replaced(tmp_path: Path) -> None:
    bring(visit(), tmp_path, number="VS")
    bring(form([("text", "q1", "Other")]), tmp_path, identity="other")

    bring(visit(label="Hamlet"), tmp_path, replace=True)

    registers = read_definitions(own=tmp_path).library.registers
    assert (registers["visit"].number, registers["visit"].rail, registers["other"].rail) == ("VS", 31, 32)


def test_a_choice_that_the_form_has_no_longer_stays_for_the_records_that_hold_it(tmp_path: Path) -> None:
    bring(visit(), tmp_path)

    bring(visit(("kind", "a", "Rice"), ("kind", "c", "Maize")), tmp_path, replace=True)

    assert [(code["value"], code.get("valid_to")) for code in codes(tmp_path)] == [
        ("a", None),
        ("c", None),
        ("b", dt.date(2026, 11, 20)),
    ]
    assert codes(tmp_path)[2]["label"]["vi"] == "Maize (đến 20/11/2026)"
    library = read_definitions(own=tmp_path).library
    assert library.code_label("visit_kind", "b", "en") == "Maize (until 20/11/2026)"
    later = bring(visit(("kind", "a", "Rice"), ("kind", "c", "Maize")), tmp_path, day=TODAY + dt.timedelta(days=9))
    assert not later.is_changed


def test_a_choice_that_comes_back_is_valid_again(tmp_path: Path) -> None:
    bring(visit(), tmp_path)
    bring(visit(("kind", "a", "Rice")), tmp_path, replace=True)

    bring(visit(), tmp_path, replace=True)

    assert [(code["value"], "valid_to" in code) for code in codes(tmp_path)] == [("a", False), ("b", False)]


def test_two_forms_live_beside_each_other_and_share_no_file(tmp_path: Path) -> None:
    first = bring(visit(), tmp_path)
    second = bring(visit(), tmp_path, identity="second")

    assert set(first.files) & set(second.files) == set()
    registers = read_definitions(own=tmp_path).library.registers
    assert {"visit", "second", "person"} <= registers.keys()
    assert registers["visit"].number != registers["second"].number


def test_a_document_of_somebody_else_is_not_written_over_by_a_new_register(tmp_path: Path) -> None:
    bring(visit(), tmp_path)
    (tmp_path / "registers" / "visit.toml").unlink()
    (tmp_path / "documents" / "visit_sheet.toml").write_text("# by hand\n", encoding="utf-8")
    before = read_custom_files(tmp_path)

    with pytest.raises(DesktopError) as caught:
        bring(visit(), tmp_path)

    assert caught.value.code == "form_exists"
    assert read_custom_files(tmp_path) == before


def test_nothing_is_written_when_another_file_of_the_folder_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "broken.toml").write_text("id = [", encoding="utf-8")

    with pytest.raises(DefinitionError) as caught:
        bring(visit(), tmp_path)

    assert "registers/broken.toml" in caught.value.problems[0]
    assert list(read_custom_files(tmp_path)) == ["registers/broken.toml"]


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write everywhere; Windows asks otherwise")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DesktopError) as caught:
        bring(visit(), tmp_path)
    tmp_path.chmod(0o700)
    assert caught.value.code == "form_not_written"


def test_a_file_in_the_way_of_a_folder_is_told_and_no_part_of_a_file_is_left(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("in the way", encoding="utf-8")

    with pytest.raises(DesktopError) as caught:
        bring(visit(), tmp_path)

    assert (caught.value.code, caught.value.context["file"]) == ("form_not_written", "documents/visit_sheet.toml")
    assert [path.name for path in tmp_path.rglob("*.part")] == []
    assert read_custom_files(tmp_path) == {}


def test_definitions_are_read_again_when_the_own_ones_changed(tmp_path: Path) -> None:
    assert read_definitions(own=tmp_path) is read_definitions()
    bring(visit(), tmp_path)
    first = read_definitions(own=tmp_path)
    assert read_definitions(own=tmp_path) is first

    bring(visit(label="Hamlet"), tmp_path, replace=True)

    field = read_definitions(own=tmp_path).library.registers["visit"].field("q1")
    assert field is not None
    assert field.label.en == "Hamlet"
