from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.ui.base.drives import Drive, bundles_in
from desktop.ui.base.theme import Theme
from desktop.ui.exchange.exchange_cards import DriveChoice


def test_only_bundles_are_offered_in_the_order_they_were_sent(tmp_path: Path) -> None:
    second, first = "CAX-03160-7K2M_37e6_000002.sotram", "CAX-03160-7K2M_37e6_000001.sotram"
    for number, name in enumerate((second, "photo.jpg", first)):
        (tmp_path / name).write_bytes(b"x" * (number + 1))
    (tmp_path / "folder.sotram").mkdir()
    found = bundles_in(tmp_path)
    assert [(bundle.name, bundle.size) for bundle in found] == [(first, 3), (second, 1)]
    assert [bundle.mark for bundle in found] == [("CAX-03160-7K2M", "000001"), ("CAX-03160-7K2M", "000002")]


def test_a_file_of_any_other_name_is_offered_too(tmp_path: Path) -> None:
    (tmp_path / "copy of a bundle.sotram").write_bytes(b"x")
    assert [bundle.mark[1] for bundle in bundles_in(tmp_path)] == [""]


def test_a_folder_that_is_gone_has_no_bundles(tmp_path: Path) -> None:
    assert bundles_in(tmp_path / "gone") == ()


def test_the_choice_stays_when_another_stick_comes(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    one = Drive(path=tmp_path / "one", name="KINGSTON (E:)", free_bytes=14_000_000_000)
    other = Drive(path=tmp_path / "other", name="SANDISK (F:)", free_bytes=1)
    choice = DriveChoice()
    qtbot.addWidget(choice)
    choice.show_drives((one,))
    choice.show_drives((other, one))
    assert choice.folder == one.path
    choice.show_drives((other,))
    assert choice.folder == other.path
    choice.show_drives(())
    assert choice.folder is None


def test_a_folder_of_ones_own_stays_beside_the_sticks(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    choice = DriveChoice()
    qtbot.addWidget(choice)
    choice.choose(tmp_path)
    choice.show_drives((Drive(path=tmp_path / "one", name="E:", free_bytes=1),))
    assert choice.folder == tmp_path
