"""The Vietnamese interface is complete, calm, and compiled from what is in the source."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.paths import resources_dir

FOLDER = resources_dir() / "translations"
SOURCES = sorted((resources_dir().parent / "desktop" / "ui").rglob("*.py"))
PLACE = re.compile(r"\{[a-z_]+\}|%n")


def messages(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield context, source and translations of each message."""
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314  our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            if translation.get("type") in {"vanished", "obsolete"}:
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            yield context.findtext("name") or "", message.findtext("source") or "", forms


def extracted(tmp_path: Path, *options: str) -> set[tuple[str, str]]:
    target = tmp_path / "now.ts"
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run(
        [lupdate, "-locations", "none", *options, *SOURCES, "-ts", target], check=True, capture_output=True, timeout=120
    )
    return {(context, source) for context, source, _ in messages(target)}


def test_every_sentence_of_the_code_stands_in_the_file(tmp_path: Path) -> None:
    held = {(context, source) for context, source, _ in messages(FOLDER / "sotram_vi.ts")}
    assert extracted(tmp_path) - held == set()


@pytest.mark.parametrize("name", ["sotram_vi", "sotram_en", "qt_vi"])
def test_every_sentence_is_translated(name: str) -> None:
    empty = [(context, source) for context, source, forms in messages(FOLDER / f"{name}.ts") if not all(forms)]
    assert empty == []


@pytest.mark.parametrize("name", ["sotram_vi", "sotram_en"])
def test_the_named_places_of_a_sentence_are_all_in_its_translation(name: str) -> None:
    for _, source, forms in messages(FOLDER / f"{name}.ts"):
        for form in forms:
            assert set(PLACE.findall(form)) == set(PLACE.findall(source)), source


def test_the_words_are_calm() -> None:
    for _, _, forms in messages(FOLDER / "sotram_vi.ts"):
        assert not re.search(r"!|vui lòng", " ".join(forms), re.IGNORECASE), forms


@pytest.mark.parametrize("name", ["sotram_vi", "sotram_en", "qt_vi"])
def test_the_compiled_file_says_what_the_source_says(name: str, qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"{name}.qm"))
    for context, source, forms in messages(FOLDER / f"{name}.ts"):
        count = 5 if len(forms) > 1 or "%n" in source else -1
        found = translator.translate(context, source, "", count)
        assert found in {*forms, ""} if not all(forms) else found == forms[-1], (context, source)


def test_a_sentence_of_the_code_is_shown_in_vietnamese(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / "sotram_vi.qm"))
    qapp.installTranslator(translator)
    shown = QCoreApplication.translate("ExchangePage", "Send and receive")
    qapp.removeTranslator(translator)
    assert shown == "Gửi - nhận"
