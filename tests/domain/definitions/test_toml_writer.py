import datetime as dt
import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.definitions.toml_writer import toml_text

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.one_of(TEXTS, st.integers(-(2**62), 2**62), st.booleans(), st.dates(), st.lists(TEXTS, max_size=3))
LABELS = st.fixed_dictionaries({"vi": TEXTS, "en": TEXTS})
TABLES = st.recursive(
    st.dictionaries(KEYS, st.one_of(PLAIN, LABELS), max_size=4),
    lambda inner: st.dictionaries(KEYS, st.one_of(PLAIN, LABELS, st.lists(inner, min_size=1, max_size=3)), max_size=4),
    max_leaves=6,
)


@given(TABLES, TEXTS)
def test_what_is_written_is_read_back(content: dict[str, Any], comment: str) -> None:
    assert tomllib.loads(toml_text(content, comment=comment)) == content


def test_a_file_looks_as_a_person_would_write_it() -> None:
    content = {
        "id": "visit",
        "label": {"vi": "Thăm", "en": 'The "visit"'},
        "section": [{"id": "a", "field": [{"id": "q", "required": True, "valid_from": dt.date(2026, 1, 2)}]}],
    }

    assert toml_text(content, comment="Made by a program.") == (
        "# Made by a program.\n"
        "\n"
        'id = "visit"\n'
        'label = { vi = "Thăm", en = "The \\"visit\\"" }\n'
        "\n"
        "[[section]]\n"
        'id = "a"\n'
        "\n"
        "[[section.field]]\n"
        'id = "q"\n'
        "required = true\n"
        "valid_from = 2026-01-02\n"
    )
