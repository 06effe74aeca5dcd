import pytest

from desktop.domain.definitions.model import TypeName
from desktop.domain.documents.model import Filter, Template, ValueSlot
from desktop.errors import PrintingError
from desktop.printing.filling import Filled, fill


def place(
    path: str = "name",
    kind: TypeName = TypeName.TEXT,
    *filters: Filter,
    blank: str = "....",
    stretches: bool = True,
    limit: int = 200,
) -> ValueSlot:
    return ValueSlot(path=path, type=kind, filters=filters, blank=blank, stretches=stretches, limit=limit)


def filled(*parts: str | ValueSlot, **answers: str) -> Filled:
    return fill(Template(parts=parts), answers.get)


def test_places_are_answered_and_words_are_kept() -> None:
    assert filled("Họ tên: ", place(), ".", name="Lò Thị Đớn").text == "Họ tên: Lò Thị Đớn."


def test_capitals_keep_their_marks() -> None:
    assert filled(place("name", TypeName.TEXT, Filter.UPPER), name="Lò Thị Đớn").text == "LÒ THỊ ĐỚN"


@pytest.mark.parametrize(
    ("part", "text"),
    [(Filter.DAY, "05"), (Filter.MONTH, "02"), (Filter.YEAR, "2026"), (Filter.HOUR, "08"), (Filter.MINUTE, "05")],
)
def test_a_filter_takes_its_part_of_a_moment(part: Filter, text: str) -> None:
    assert filled(place("at", TypeName.DATE_TIME, part), at="2026-02-05T08:05+07:00").text == text


def test_a_stored_date_is_printed_as_the_screen_shows_it() -> None:
    assert filled(place("dob", TypeName.PARTIAL_DATE), dob="1999-03").text == "03/1999"


def test_a_sealed_date_is_printed_as_what_it_is() -> None:
    assert filled(place("dob", TypeName.DATE, Filter.DATE_LONG), dob="niêm phong").text == "niêm phong"
    assert filled(place("dob", TypeName.DATE), dob="niêm phong").text == "niêm phong"


def test_an_unknown_day_leaves_its_blank() -> None:
    unknown = filled(place("dob", TypeName.PARTIAL_DATE, Filter.DAY, blank="......", stretches=False), dob="1999-03")
    assert (unknown.text, unknown.has_blanks) == ("......", True)


def test_a_missing_value_inside_a_line_leaves_its_dots() -> None:
    missing = filled("từ ", place("a"), " đến ", place("b"), b="mai")
    assert (missing.text, missing.open_end, missing.has_blanks) == ("từ .... đến mai", None, True)


def test_a_missing_value_at_the_end_leaves_the_line_open() -> None:
    end = place("b")
    missing = filled("từ ", place("a"), " đến ", end, a="nay")
    assert (missing.text, missing.open_end) == ("từ nay đến ", end)
    assert missing.closed_runs[-1].text == "...."


def test_a_place_that_may_be_empty_leaves_nothing() -> None:
    missing = filled("Tên", place(blank="", stretches=False))
    assert (missing.text, missing.open_end) == ("Tên", None)


def test_blank_spaces_are_no_answer() -> None:
    assert filled(place(), name=" \n ").open_end is not None


def test_a_long_answer_is_refused_by_the_path_of_its_row() -> None:
    with pytest.raises(PrintingError) as refusal:
        fill(Template(parts=(place(limit=3),)), {"name": "Đớn A"}.get, rows="transit")

    assert refusal.value.context == {"field": "transit.name", "length": 5, "limit": 3}
