import dataclasses
import json
import unicodedata
from pathlib import Path

import pytest

from desktop.crypto import slot_file
from desktop.crypto.key_slots import KeySlots
from desktop.errors import DesktopError, RegistryError, WrongPassphrase
from desktop.workspace.base.session import Definitions, KeyCopies, Session
from desktop.workspace.records import records
from desktop.workspace.station import maintenance, officers
from desktop.workspace.station.registry import StationSetup, create_registry, open_registry
from tests.conftest import COMMUNE, PASSPHRASE, PROVINCE, World


def test_a_new_station_is_known_by_kind_unit_and_four_characters(commune: Session) -> None:
    prefix, unit, tail = commune.station.id.split("-")
    assert (prefix, unit, len(tail)) == ("CAX", "03160", 4)


def test_the_first_officer_is_who_was_named(commune: Session) -> None:
    assert commune.officer.full_title == "Thiếu úy Hà Văn Sơn"


def test_a_wrong_passphrase_opens_nothing(commune: Session, world: World, definitions: Definitions) -> None:
    commune.close()
    with pytest.raises(WrongPassphrase):
        open_registry(commune.folder, "sai mật khẩu 12", world.environment, definitions)


def test_a_passphrase_typed_in_decomposed_letters_opens(
    commune: Session, world: World, definitions: Definitions
) -> None:
    commune.close()
    with open_registry(
        commune.folder, unicodedata.normalize("NFD", PASSPHRASE), world.environment, definitions
    ) as again:
        assert again.station.id == commune.station.id


def test_a_second_program_is_told_that_the_registry_is_in_use(
    commune: Session, world: World, definitions: Definitions
) -> None:
    with pytest.raises(RegistryError) as refused:
        open_registry(commune.folder, PASSPHRASE, world.environment, definitions)
    assert refused.value.code == "registry_in_use"


def test_a_registry_is_never_set_up_over_another(commune: Session, world: World, definitions: Definitions) -> None:
    commune.close()
    with pytest.raises(RegistryError) as refused:
        create_registry(commune.folder, COMMUNE, PASSPHRASE, world.environment, definitions)
    assert refused.value.code == "registry_exists"
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as again:
        assert again.officer.name == COMMUNE.officer_name


@pytest.mark.parametrize(
    ("setup", "code"),
    [
        (dataclasses.replace(COMMUNE, name="  "), "setup_name_missing"),
        (dataclasses.replace(COMMUNE, officer_name=""), "setup_officer_missing"),
        (dataclasses.replace(COMMUNE, province="99"), "setup_province_unknown"),
        (dataclasses.replace(COMMUNE, commune=None), "setup_commune_unknown"),
        (dataclasses.replace(COMMUNE, commune="00004"), "setup_commune_unknown"),
        (dataclasses.replace(PROVINCE, commune="03160"), "setup_commune_not_wanted"),
    ],
)
def test_an_impossible_set_up_is_refused_and_leaves_nothing(
    tmp_path: Path, world: World, definitions: Definitions, setup: StationSetup, code: str
) -> None:
    with pytest.raises(DesktopError) as refused:
        create_registry(tmp_path / "new", setup, PASSPHRASE, world.environment, definitions)
    assert refused.value.code == code
    assert not (tmp_path / "new").exists()


def test_a_weak_passphrase_is_refused(tmp_path: Path, world: World, definitions: Definitions) -> None:
    with pytest.raises(RegistryError) as refused:
        create_registry(tmp_path / "new", COMMUNE, "123", world.environment, definitions)
    assert refused.value.code == "passphrase_weak"


def test_nothing_in_the_folder_can_be_read_without_the_passphrase(commune: Session) -> None:
    commune.close()
    for path in commune.folder.iterdir():
        content = path.read_bytes()
        assert "Hà Văn Sơn".encode() not in content
        assert b"SQLite format 3" not in content


def test_another_officer_opens_with_a_passphrase_of_his_own(
    commune: Session, world: World, definitions: Definitions
) -> None:
    officers.add_officer(commune, "Lò Thị Bun", "Trung úy", "", "suối đá rừng xanh 54")
    commune.close()
    with open_registry(commune.folder, "suối đá rừng xanh 54", world.environment, definitions) as second:
        assert second.officer.full_title == "Trung úy Lò Thị Bun"
        assert {one.name for one in officers.officers(second)} == {"Hà Văn Sơn", "Lò Thị Bun"}
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as first:
        assert first.officer.name == "Hà Văn Sơn"


def test_a_changed_passphrase_opens_and_the_old_one_does_not(
    commune: Session, world: World, definitions: Definitions
) -> None:
    officers.change_passphrase(commune, PASSPHRASE, "bản làng sương sớm 88")
    commune.close()
    with pytest.raises(WrongPassphrase):
        open_registry(commune.folder, PASSPHRASE, world.environment, definitions)
    open_registry(commune.folder, "bản làng sương sớm 88", world.environment, definitions).close()


def test_the_recovery_code_opens_the_way_to_a_new_passphrase(
    commune: Session, world: World, definitions: Definitions
) -> None:
    code = officers.add_recovery_code(commune)
    commune.close()
    officer = officers.recover(commune.folder, code, "cầu treo nương ngô 31", world.environment, definitions)
    assert officer.name == "Hà Văn Sơn"
    open_registry(commune.folder, "cầu treo nương ngô 31", world.environment, definitions).close()


def test_the_officer_is_a_record_with_a_history(commune: Session) -> None:
    assert records.read(commune, commune.officer.id).values["rank"] == "Thiếu úy"


def test_key_slots_name_no_person(commune: Session) -> None:
    stored = json.loads((commune.folder / "keyslots.A.json").read_text(encoding="utf-8"))
    assert "Sơn" not in json.dumps(stored, ensure_ascii=False)


@pytest.mark.parametrize("name", slot_file.COPY_NAMES)
@pytest.mark.parametrize("content", [b"", b"torn", None])
def test_a_damaged_or_missing_key_file_is_written_again_at_unlock_and_said_once(
    commune: Session, world: World, definitions: Definitions, name: str, content: bytes | None
) -> None:
    commune.close()
    path = commune.folder / name
    path.unlink() if content is None else path.write_bytes(content)
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as session:
        assert session.key_copies is KeyCopies.REPAIRED
        report = maintenance.check(session)
        assert (report.is_sound, report.key_copies) == (True, KeyCopies.REPAIRED)
    assert len({(commune.folder / copy).read_bytes() for copy in slot_file.COPY_NAMES}) == 1
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as session:
        assert session.key_copies is KeyCopies.SOUND


@pytest.mark.parametrize("name", slot_file.COPY_NAMES)
def test_a_key_file_that_cannot_be_written_again_still_opens_and_is_a_finding(
    commune: Session, world: World, definitions: Definitions, name: str
) -> None:
    commune.close()
    (commune.folder / name).unlink()
    (commune.folder / name).mkdir()  # nothing can be renamed onto a folder
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as session:
        report = maintenance.check(session)
        assert (session.key_copies, report.key_copies) == (KeyCopies.DAMAGED, KeyCopies.DAMAGED)
    assert report.findings == (f"keyslots_copy_unsound: {name}",)


def test_a_key_file_damaged_while_the_registry_is_open_is_a_finding(commune: Session) -> None:
    (commune.folder / slot_file.COPY_NAMES[1]).write_bytes(b"torn")
    assert maintenance.check(commune).findings == (f"keyslots_copy_unsound: {slot_file.COPY_NAMES[1]}",)


def test_a_wrong_passphrase_repairs_nothing(commune: Session, world: World, definitions: Definitions) -> None:
    commune.close()
    (commune.folder / slot_file.COPY_NAMES[0]).write_bytes(b"torn")
    with pytest.raises(WrongPassphrase):
        open_registry(commune.folder, "sai mật khẩu 12", world.environment, definitions)
    assert not KeySlots.read(commune.folder).has_both_copies
