import re
import tomllib
from collections.abc import Collection, Iterator

import pytest

from desktop.domain.conditions.condition import parse_condition
from desktop.domain.conditions.parser import ARGUMENTS
from desktop.domain.deadlines import holidays
from desktop.domain.deadlines import loader as deadlines_loader
from desktop.domain.definitions.field_reader import (
    CHECK_KEYS,
    COLUMN_KEYS,
    FIELD_KEYS,
    SECTION_KEYS,
    SHARED_CHECKS,
)
from desktop.domain.definitions.loader import (
    CODE_KEYS,
    CODE_LIST_KEYS,
    ENVELOPE_KEYS,
    REGISTER_KEYS,
    read_library,
)
from desktop.domain.definitions.model import PROGRAM_NAMES, MergeClass, TypeName
from desktop.domain.documents import letterheads
from desktop.domain.documents import loader as documents_loader
from desktop.domain.exports import field_reader
from desktop.domain.exports import loader as exports_loader
from desktop.domain.reports import loader as reports_loader
from desktop.domain.reports import sets
from desktop.paths import forms_dir

README = (forms_dir() / "README.md").read_text(encoding="utf-8")
BLOCK_KEYS = {"kind", *(key for keys in documents_loader.BLOCK_KEYS.values() for key in keys)}
ACCEPTED = {
    "key of a register": REGISTER_KEYS,
    "key of a section": SECTION_KEYS,
    "key of a field": FIELD_KEYS,
    "key of a column": COLUMN_KEYS,
    "key of a check": CHECK_KEYS,
    "key of the envelope": ENVELOPE_KEYS,
    "key of a code list": CODE_LIST_KEYS,
    "key of a code": CODE_KEYS,
    "key of a document": documents_loader.DOCUMENT_KEYS,
    "key of a block": BLOCK_KEYS,
    "key of an item": documents_loader.ITEM_KEYS,
    "key of a table column": documents_loader.COLUMN_KEYS,
    "key of a signer": documents_loader.SIGNER_KEYS,
    "key of a letterhead": letterheads.LETTERHEAD_KEYS,
    "key of a deadline": deadlines_loader.DEADLINE_KEYS,
    "key of a variant": deadlines_loader.VARIANT_KEYS,
    "key of the holidays": holidays.HOLIDAYS_KEYS,
    "key of a yearly day": holidays.YEARLY_KEYS,
    "key of a day off": holidays.DAY_OFF_KEYS,
    "key of a working day": holidays.WORKING_DAY_KEYS,
    "key of a report": reports_loader.REPORT_KEYS,
    "key of a set": sets.SET_KEYS,
    "key of a table": reports_loader.TABLE_KEYS,
    "key of a row or a column": reports_loader.ROW_KEYS,
    "key of a chart": reports_loader.CHART_KEYS,
    "key of an export": exports_loader.EXPORT_KEYS,
    "key of an only": exports_loader.ONLY_KEYS,
    "key of a mapped field": field_reader.FIELD_KEYS,
    "key of a beside": exports_loader.BESIDE_KEYS,
    "key of a group": exports_loader.GROUP_KEYS,
    "key of a step": exports_loader.STEP_KEYS,
    "key of a withheld": exports_loader.WITHHELD_KEYS,
    "type": [name.value for name in TypeName],
    "merge": [name.value for name in MergeClass],
    "function": ARGUMENTS,
}


def tables() -> Iterator[tuple[str, list[str]]]:
    """Yield the head of the first column of each table, and the words in code marks that open its lines."""
    for table in re.findall(r"(?:^\|.*\n)+", README, re.MULTILINE):
        head, _, *lines = table.splitlines()
        yield head.split("|")[1].strip(), [match[1] for line in lines if (match := re.match(r"\| `(\w+)", line))]


@pytest.mark.parametrize("head", ACCEPTED)
def test_the_readme_explains_what_the_loader_accepts_and_nothing_else(head: str) -> None:
    accepted: Collection[str] = ACCEPTED[head]
    explained = [words for found, words in tables() if found == head]
    assert [sorted(accepted)] == [sorted(words) for words in explained]


def test_every_table_of_keys_is_compared() -> None:
    assert {head for head, _ in tables() if head.startswith("key ")} <= set(ACCEPTED)


@pytest.mark.parametrize("name", [*SHARED_CHECKS, *PROGRAM_NAMES])
def test_every_word_that_a_file_may_use_is_named(name: str) -> None:
    assert f"`{name}`" in README


def test_the_examples_of_the_readme_load() -> None:
    examples = [text for text in re.findall(r"```toml\n(.*?)```", README, re.DOTALL) if tomllib.loads(text)]
    files = {
        f"{'code_lists' if 'code' in tomllib.loads(text) else 'registers'}/{_id(text)}.toml": text for text in examples
    }
    person = (forms_dir() / "registers" / "person.toml").read_bytes()
    lists = {path.name: path.read_bytes() for path in forms_dir().glob("code_lists/*.toml")}
    library = read_library(
        {
            **{f"code_lists/{name}": content for name, content in lists.items()},
            "registers/person.toml": person,
            **{name: text.encode() for name, text in files.items()},
        }
    )
    assert {"visit", "person"} <= set(library.registers)
    assert len(examples) == 2


def test_the_conditions_of_the_readme_are_conditions() -> None:
    lines = re.search(r"\| form \| example \|\n\|---\|---\|\n((?:\|.*\n)+)", README)
    assert lines is not None
    examples = [text for line in lines[1].splitlines() for text in re.findall(r"`([^`]{3,})`", line.split("|")[2])]
    conditions = [text for text in examples if not re.search(r"\.\.\.|^[<>=!]+$", text)]
    assert len(conditions) >= 12
    for text in conditions:
        assert parse_condition(text).text == text


def _id(text: str) -> str:
    return str(tomllib.loads(text)["id"])
