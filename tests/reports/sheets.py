"""An eye for XLSX files: the cells of each sheet, read from the XML itself."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass
class Sheet:
    """A sheet: texts and numbers by cell, how many formulas, and the cell below the frozen head."""

    name: str
    texts: dict[str, str]
    numbers: dict[str, float]
    formulas: int
    frozen: str
    footer: str


def sheets(content: bytes) -> list[Sheet]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert not [name for name in file.namelist() if "externalLink" in name or "vba" in name.lower()]
        shared = _shared(file)
        names = [one.attrib["name"] for one in fromstring(file.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        return [
            _sheet(name, fromstring(file.read(f"xl/worksheets/sheet{number}.xml")), shared)
            for number, name in enumerate(names, start=1)
        ]


def _shared(file: zipfile.ZipFile) -> list[str]:
    root = fromstring(file.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in one.iter(f"{MAIN}t")) for one in root.iter(f"{MAIN}si")]


def _sheet(name: str, root: Element, shared: list[str]) -> Sheet:
    texts, numbers = {}, {}
    for cell in root.iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        if value is not None and value.text is not None:
            if cell.attrib.get("t") == "s":
                texts[cell.attrib["r"]] = shared[int(value.text)]
            else:
                numbers[cell.attrib["r"]] = float(value.text)
    pane = root.find(f".//{MAIN}pane")
    footer = root.find(f".//{MAIN}oddFooter")
    return Sheet(
        name=name,
        texts=texts,
        numbers=numbers,
        formulas=len(list(root.iter(f"{MAIN}f"))),
        frozen="" if pane is None else pane.attrib["topLeftCell"],
        footer="" if footer is None else footer.text or "",
    )
