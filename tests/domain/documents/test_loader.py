"""Reading documents: what is accepted, and that every fault is told with its line, its key and a suggestion."""

import pytest

from desktop.domain.definitions.loader import load_library, read_library
from desktop.domain.definitions.model import Library, Privacy, TypeName
from desktop.domain.documents.loader import BLOCK_KEYS, load_documents, read_documents
from desktop.domain.documents.model import (
    Checklist,
    DocumentDefinition,
    FieldLines,
    Filter,
    NationalHeader,
    RowsTable,
    Signatures,
    TextBlock,
)
from desktop.domain.documents.templates import MOST_UNBROKEN
from desktop.errors import DefinitionError
from desktop.paths import forms_dir

LABEL = 'label = { vi = "x", en = "x" }'
PERSON = f"""
id = "person"
version = 1
number = "NG"
{LABEL}
label_one = {{ vi = "x", en = "x" }}
title = "{{full_name}}"
icon = "user"
envelope = false
[[section]]
id = "s"
{LABEL}
field = [
    {{ id = "full_name", type = "text", privacy = "P2", {LABEL} }},
    {{ id = "dob", type = "partial_date", privacy = "P2", {LABEL} }},
    {{ id = "mother", type = "person", privacy = "P3", {LABEL} }},
    {{ id = "photo", type = "attachment", privacy = "P2", {LABEL} }},
]
"""
VISIT = f"""
id = "visit"
version = 1
number = "V"
{LABEL}
label_one = {{ vi = "x", en = "x" }}
title = "{{person.full_name}}"
icon = "star"
envelope = false
documents = ["paper"]
[[section]]
id = "s"
{LABEL}
field = [
    {{ id = "person", type = "person", privacy = "P2", {LABEL} }},
    {{ id = "at", type = "date_time", privacy = "P1", {LABEL} }},
    {{ id = "kind", type = "code", codes = "kind", privacy = "P1", {LABEL} }},
    {{ id = "came", type = "yes_no", privacy = "P1", {LABEL} }},
    {{ id = "secret", type = "long_text", privacy = "P4", {LABEL} }},
    {{ id = "guests", type = "rows", privacy = "P1", {LABEL}, field = [
        {{ id = "name", type = "text", {LABEL} }},
        {{ id = "friend", type = "person", {LABEL} }},
    ] }},
]
"""
KIND = f"""
id = "kind"
{LABEL}
code = [
    {{ value = "A", label = {{ vi = "Một", en = "One" }} }},
    {{ value = "B", label = {{ vi = "Hai", en = "Two" }}, valid_from = 2026-01-01 }},
]
"""
OF_RECORDS = '[[block]]\nkind = "rows"\ncolumn = [{ label = "x", value = "x", width = 1 }]\n'
SIGNER = '{ title = ["a"] }, '
HEAD = f"""id = "paper"
{LABEL}
register = "visit"
privacy = "P2"
"""


def library() -> Library:
    files = {"registers/person.toml": PERSON, "registers/visit.toml": VISIT, "code_lists/kind.toml": KIND}
    return read_library({name: text.encode() for name, text in files.items()}, documents=["paper"])


def read(blocks: str, head: str = HEAD) -> DocumentDefinition:
    return read_documents({"documents/paper.toml": (head + blocks).encode()}, library())["paper"]


def problems_of(blocks: str, head: str = HEAD) -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as refusal:
        read(blocks, head)
    return refusal.value.problems


def text_block(text: str) -> str:
    return f'[[block]]\nkind = "text"\ntext = "{text}"\n'


def only(definition: DocumentDefinition) -> object:
    (block,) = definition.blocks
    return block


def test_every_shipped_document_is_read_and_named_by_its_register() -> None:
    shipped = load_library(forms_dir())
    documents = load_documents(forms_dir(), shipped)

    assert {"ct03", "victim_declaration", "residence_check_minutes"} <= set(documents)
    for document in documents.values():
        assert not document.register or document.id in shipped.registers[document.register].documents


def test_the_victim_declaration_is_protected_and_neither_it_nor_the_minutes_pass_for_official() -> None:
    documents = load_documents(forms_dir(), load_library(forms_dir()))

    assert documents["victim_declaration"].privacy is Privacy.P4
    verified = {name for name, document in documents.items() if document.verified}
    assert verified == {"ct03", "minutes"}


def test_no_shipped_document_asks_where_a_victim_shelters_or_shows_a_screening() -> None:
    for path in forms_dir().glob("documents/*.toml"):
        text = path.read_text(encoding="utf-8")
        for field in ("shelter_code", "curr_addr}" if path.stem == "victim_declaration" else "~", "tip_indicators"):
            assert f"{{{field}" not in text


def test_ct03_has_its_ten_items_and_note_three_names_no_district() -> None:
    ct03 = load_documents(forms_dir(), load_library(forms_dir()))["ct03"]
    items = [item for block in ct03.blocks if isinstance(block, FieldLines) for item in block.items]

    assert [(item.number, item.label) for item in items] == [
        (1, "Họ, chữ đệm và tên"),
        (2, "Ngày, tháng, năm sinh"),
        (3, "Giới tính"),
        (4, "Số định danh cá nhân/CMND"),
        (5, "Nơi thường trú"),
        (6, "Nơi tạm trú"),
        (7, "Nơi ở hiện tại"),
        (8, "Tạm vắng từ ngày, tháng, năm"),
        (9, "Lý do tạm vắng"),
        (10, "Địa chỉ nơi đến"),
    ]
    assert "huyện" not in (forms_dir() / "documents" / "ct03.toml").read_text(encoding="utf-8")


def test_words_and_places_keep_their_order() -> None:
    block = only(read(text_block("Ông {person.full_name|upper}, sinh {person.dob|date_long}.")))

    assert isinstance(block, TextBlock)
    words = [part if isinstance(part, str) else (part.path, part.type, part.filters) for part in block.text.parts]
    assert words == [
        "Ông ",
        ("person.full_name", TypeName.TEXT, (Filter.UPPER,)),
        ", sinh ",
        ("person.dob", TypeName.PARTIAL_DATE, (Filter.DATE_LONG,)),
        ".",
    ]


@pytest.mark.parametrize(
    ("place", "blank", "stretches"),
    [
        ("{person.full_name}", "." * 30, True),
        ("{person.full_name|or_dots:7}", "." * 7, True),
        ("{person.full_name|or_nothing}", "", False),
        ("{person.dob}", "........../........../..............", True),
        ("{person.dob|date_long}", "ngày ...... tháng ...... năm ........", False),
        ("{at|hour}", "......", False),
        ("{by_hand}", "." * 60, True),
    ],
)
def test_the_blank_of_a_place_fits_its_type(place: str, blank: str, *, stretches: bool) -> None:
    block = only(read(text_block(place)))

    assert isinstance(block, TextBlock)
    (found,) = block.text.places()
    assert (found.blank, found.stretches) == (blank, stretches)


def test_numbers_run_through_the_whole_document() -> None:
    found = read(
        """
[[block]]
kind = "numbered_fields"
item = [{ label = "a", value = "{at}" }, { label = "b", value = "{at}" }]
[[block]]
kind = "fields"
item = [{ label = "c", value = "{at}" }]
[[block]]
kind = "checklist"
label = "d"
field = "kind"
numbered = true
[[block]]
kind = "rows"
label = "e"
field = "guests"
numbered = true
column = [{ label = "f", value = "{name}", width = 1 }]
[[block]]
kind = "numbered_fields"
item = [{ label = "g", value = "{at}" }]
"""
    )
    numbers: list[int | None] = []
    for block in found.blocks:
        if isinstance(block, FieldLines):
            numbers.extend(item.number for item in block.items)
        elif isinstance(block, Checklist | RowsTable):
            numbers.append(block.number)
    assert numbers == [1, 2, None, 3, 4, 5]


def test_a_checklist_has_the_labels_of_its_code_list_and_their_validity() -> None:
    block = only(read('[[block]]\nkind = "checklist"\nlabel = "d"\nfield = "kind"'))

    assert isinstance(block, Checklist)
    assert [(choice.value, choice.label, choice.valid_from is None) for choice in block.choices] == [
        ("A", "Một", True),
        ("B", "Hai", False),
    ]


def test_the_columns_of_a_table_are_fields_of_the_row_and_of_its_people() -> None:
    block = only(
        read(
            '[[block]]\nkind = "rows"\nfield = "guests"\n'
            'column = [{ label = "a", value = "{name} ({friend.full_name})", width = 5 }]'
        )
    )
    assert isinstance(block, RowsTable)
    assert [place.path for place in block.columns[0].value.places()] == ["name", "friend.full_name"]


def test_a_signer_may_be_the_one_of_the_letterhead() -> None:
    block = only(
        read('[[block]]\nkind = "signatures"\nsigner = [{ title = ["{letterhead.signer_title}"], hint = ["(Ký)"] }]')
    )
    assert isinstance(block, Signatures)
    assert [place.path for place in block.signers[0].title[0].places()] == ["letterhead.signer_title"]


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        (text_block("{person.ful_name}"), "no field 'ful_name' in the register 'person'; did you mean 'full_name'?"),
        (text_block("{persn.full_name}"), "no field 'persn' in the register 'visit'; did you mean 'person'?"),
        (text_block("{at.hour}"), "no field 'hour' in the field 'at'"),
        (text_block("{letterhead.agenzy}"), "no field 'letterhead' in the register 'visit'"),
        (text_block("{person.mother.mother.mother.full_name}"), "follows more than 3 links"),
        (text_block("{at|uper}"), "no filter 'uper'; did you mean 'upper'?"),
        (text_block("{person.full_name|day}"), "the filter 'day' is only for date, partial_date, date_time"),
        (text_block("{person.dob|hour}"), "the filter 'hour' is only for date_time; the field is partial_date"),
        (text_block("{at} und }"), "a brace stands alone"),
        (text_block("{}"), "no field '' in the register 'visit'"),
        (text_block("{guests}"), "'guests' is rows and cannot stand in a text"),
        (text_block("{person.photo}"), "'person.photo' is attachment and cannot stand in a text"),
        (text_block("{secret}"), "'secret' is P4; the document says privacy = \"P2\""),
        (text_block("{person.mother.full_name}"), "'person.mother.full_name' is P3"),
        ('[[block]]\nkind = "tekst"\n', "no block 'tekst'; did you mean 'text'?"),
        ('[[block]]\nkind = "text"\nlabel = "x"\ntext = "x"\n', "a block 'text' has no such key"),
        ('[[block]]\nkind = "text"\ntext = "x"\ntxt = "x"\n', "no such key; did you mean 'text'?"),
        ('[[block]]\nkind = "checklist"\nlabel = "x"\nfield = "at"\n', "'at' is date_time; a checklist is of code"),
        ('[[block]]\nkind = "checklist"\nlabel = "x"\nfield = "person.dob"\n', "a field of another record"),
        ('[[block]]\nkind = "rows"\nfield = "at"\ncolumn = []\n', "'at' is date_time; a table is of rows"),
        ('[[block]]\nkind = "rows"\nfield = "guests"\n', "'column' is missing"),
        ('[[block]]\nkind = "signatures"\nsigner = [{}]\n', "'title' is missing"),
        (f'[[block]]\nkind = "signatures"\nsigner = [{SIGNER * 4}]\n', "at most 3"),
        ('[[block]]\nkind = "national_header"\nnote_marks = ["1"]\n', "one or two integers"),
        ('[[block]]\nkind = "fields"\nitem = [{ label = "x", value = "{at}", width = 101 }]\n', "101 is more than 100"),
        ('[[block]]\nkind = "notes"\n', "'items' is missing"),
        (f'{OF_RECORDS}records = "visit.at"\n', "'visit.at' does not link to the register of this document"),
        (f'{OF_RECORDS}records = "vist.person"\n', "'vist.person' is no field of a register"),
        (f'{OF_RECORDS}records = "this"\nfield = "guests"\n', "of a field or of records, not of both"),
        (f'{OF_RECORDS}records = "this"\neach = "at"\n', "'at' is date_time; rows are drawn for each answer of a code"),
        (f'{OF_RECORDS}records = "this"\nwithout = ["A"]\n', "the column named by 'each'; it is missing"),
        (f'{OF_RECORDS}records = "this"\neach = "kind"\nwithout = ["AA"]\n', "no answer 'AA'; did you mean 'A'?"),
        ('[[block]]\nkind = "checklist"\nlabel = "x"\nfield = "kind"\nwithout = ["C"]\n', "no answer 'C'"),
        ("", "a document has at least one [[block]]"),
    ],
)  # fmt: skip
def test_a_fault_is_told_once_with_its_file_and_line(blocks: str, told: str) -> None:
    (problem,) = problems_of(blocks)

    assert told in problem
    assert problem.startswith("documents/paper.toml:")


def test_a_row_knows_its_columns_only() -> None:
    (problem,) = problems_of(
        '[[block]]\nkind = "rows"\nfield = "guests"\n'
        'column = [{ label = "a", value = "{letterhead.place}", width = 5 }]'
    )
    assert "no field 'letterhead' in the rows 'guests'" in problem


def test_a_register_that_does_not_name_the_document_is_told() -> None:
    (problem,) = problems_of(text_block("x"), HEAD.replace('"visit"', '"person"'))

    assert "does not name 'paper' among its documents" in problem


def test_the_record_itself_may_be_a_row_with_all_its_places() -> None:
    block = only(
        read('[[block]]\nkind = "rows"\nrecords = "this"\ncolumn = [{ label = "a", value = "{record_no}", width = 5 }]')
    )

    assert isinstance(block, RowsTable)
    assert (block.path, [place.path for place in block.columns[0].value.places()]) == ("", ["record_no"])


def test_the_records_that_link_here_are_rows_of_their_own_register_and_its_privacy() -> None:
    head = HEAD.replace('"visit"', '"person"')
    columns = 'column = [{ label = "a", value = "{%s}", width = 5 }]'
    person = PERSON.replace("envelope = false", 'envelope = false\ndocuments = ["paper"]')
    files = {"registers/person.toml": person, "registers/visit.toml": VISIT, "code_lists/kind.toml": KIND}
    library_ = read_library({name: text.encode() for name, text in files.items()}, documents=["paper"])
    block = '[[block]]\nkind = "rows"\nrecords = "visit.person"\neach = "kind"\nwithout = ["B"]\n'

    document = read_documents({"documents/paper.toml": (head + block + columns % "at").encode()}, library_)["paper"]

    (table,) = document.blocks
    assert isinstance(table, RowsTable)
    assert table.each is not None
    assert (table.path, table.each.column, table.each.without) == ("visit.person", "kind", frozenset({"Hai"}))
    with pytest.raises(DefinitionError, match="'secret' is P4"):
        read_documents({"documents/paper.toml": (head + block + columns % "secret").encode()}, library_)


def test_a_document_without_a_register_has_its_own_places_only() -> None:
    head = HEAD.replace('register = "visit"\n', "")

    assert read(text_block("{letterhead.agency} {by_hand}"), head).register == ""
    (problem,) = problems_of(text_block("{at}"), head)
    assert "no field 'at' in a document without a register" in problem


def test_a_head_and_a_signature_hold_less_than_a_page_can_break() -> None:
    signed = '[[block]]\nkind = "signatures"\nsigner = [{ title = ["a"], date = "{at}" }]\n'
    (body, signatures) = read(text_block("{at}") + signed).blocks

    assert isinstance(body, TextBlock)
    assert isinstance(signatures, Signatures)
    assert signatures.signers[0].date is not None
    assert [place.limit for place in body.text.places()] == [20_000]
    assert [place.limit for place in signatures.signers[0].date.places()] == [MOST_UNBROKEN]


def test_the_version_of_a_form_is_one_until_it_says_another() -> None:
    assert read(text_block("x")).version == 1
    assert read(text_block("x"), HEAD + "version = 4\n").version == 4


def test_all_faults_of_all_files_are_told_at_once() -> None:
    files = {
        "documents/paper.toml": HEAD + text_block("{a}") + text_block("{b}"),
        "documents/other.toml": "id = 5",
        "documents/broken.toml": "id = ",
    }
    with pytest.raises(DefinitionError) as refusal:
        read_documents({name: text.encode() for name, text in files.items()}, library())

    told = "\n".join(refusal.value.problems)
    for part in ("paper.toml:7", "paper.toml:10", "other.toml:1", "broken.toml: no TOML"):
        assert part in told


def test_days_of_validity_are_kept_and_ordered() -> None:
    found = read(text_block("x"), HEAD + "valid_from = 2026-01-01\nvalid_to = 2026-06-30\n")
    assert found.valid_from is not None
    assert found.valid_to is not None
    assert found.is_valid_on(found.valid_from)
    assert not found.is_valid_on(found.valid_to.replace(month=7))

    (problem,) = problems_of(text_block("x"), HEAD + "valid_from = 2026-07-01\nvalid_to = 2026-06-30\n")
    assert "is after valid_to" in problem


def test_every_kind_of_block_is_shipped_or_tested_here() -> None:
    used = {
        line.split('"')[1]
        for path in forms_dir().glob("documents/*.toml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("kind = ")
    }
    assert set(BLOCK_KEYS) - used == set()
    assert isinstance(only(read('[[block]]\nkind = "national_header"')), NationalHeader)
