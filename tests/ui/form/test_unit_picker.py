import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.ui.base.theme import Theme
from desktop.ui.form.unit_choices import communes_of, provinces
from desktop.ui.form.unit_picker import UnitChoice, UnitModel, UnitPicker
from desktop.workspace.base.session import Definitions


@pytest.fixture
def picker(qtbot: QtBot, theme: Theme, definitions: Definitions) -> UnitPicker:
    made = UnitPicker("Commune", "Find", communes_of(definitions.places())("11"))
    qtbot.addWidget(made)
    return made


def names(picker: UnitPicker) -> list[str]:
    model = picker.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_all_34_provinces_and_3321_communes_are_offered(definitions: Definitions) -> None:
    places = definitions.places()
    offered = provinces(places)
    assert len(offered) == 34
    assert sum(len(tuple(communes_of(places)(province.code))) for province in offered) == 3321


def test_provinces_stand_in_the_order_of_the_dictionary(definitions: Definitions) -> None:
    offered = [province.name for province in provinces(definitions.places())]
    assert offered.index("Tỉnh Đắk Lắk") > offered.index("Thành phố Đà Nẵng") > offered.index("Tỉnh Cà Mau")


@pytest.mark.parametrize("typed", ["Hà Giang", "ha giang", "HA GIANG"])
def test_a_province_is_found_by_the_name_it_had(qtbot: QtBot, definitions: Definitions, typed: str) -> None:
    model = UnitModel(provinces(definitions.places()))
    model.set_typed(typed)
    assert [model.unit(row).name for row in range(model.rowCount())] == ["Tỉnh Tuyên Quang"]


def test_typing_without_marks_narrows_the_list_and_one_left_is_chosen(picker: UnitPicker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(picker.chosen) as waiting:
        picker.search.setText("leng su sin")
    assert waiting.args is not None
    assert waiting.args[0] == picker.unit
    assert len(names(picker)) == 1


def test_new_names_stand_before_old_ones(picker: UnitPicker) -> None:
    picker.search.setText("muong nhe")
    assert names(picker)[0] == "Xã Mường Nhé"


def test_what_was_chosen_is_let_go_when_it_is_filtered_away(picker: UnitPicker) -> None:
    picker.choose("03160")
    assert picker.unit is not None
    picker.search.setText("tuan giao")
    assert "Xã Mường Nhé" not in names(picker)
    assert getattr(picker.unit, "code", "") != "03160"


def test_the_arrow_keys_move_in_the_list_while_typing(picker: UnitPicker, qtbot: QtBot) -> None:
    picker.show()
    picker.search.setFocus()
    picker.search.setText("muong")
    qtbot.waitUntil(picker.search.hasFocus)
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    first = picker.unit
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    assert first is not None
    assert picker.unit not in {None, first}


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot) -> None:
    model = UnitModel([UnitChoice(code="1", name="Xã A", former=("Xã B",)), UnitChoice(code="2", name="Xã C")])
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_typed("b")
    assert model.rowCount() == 1
    model.set_units([])
    assert model.rowCount() == 0
    tester.deleteLater()
