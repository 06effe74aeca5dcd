"""What an import of a form says of itself: each thing carried, and each thing that was not, with its place.

- A note names a sheet, a row and a column of the workbook, what it is about (its code), and what was done with it.
- The words are data (resources/messages/xlsform.toml); a note holds names and numbers of the form, never a person's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.intake.xpath.unsupported import Unsupported, Why


class Done(StrEnum):
    """What became of the thing a note is about."""

    LEFT_OUT = "left_out"
    CHANGED = "changed"  # carried, not as it was
    BY_HAND = "by_hand"  # carried; a person has to look


class NoteCode(StrEnum):
    """What a note is about; each is the code of a sentence."""

    SHEET = "xlsform_sheet_left_out"
    SETTING = "xlsform_setting_left_out"
    COLUMN = "xlsform_column_left_out"
    ROW_WITHOUT_TYPE = "xlsform_row_without_type"
    ROW_DISABLED = "xlsform_row_disabled"
    METADATA = "xlsform_metadata_left_out"
    TYPE_LEFT_OUT = "xlsform_type_left_out"
    TYPE_AS_TEXT = "xlsform_type_as_text"
    TYPE_AS_ATTACHMENT = "xlsform_type_as_attachment"
    CHOICES_ELSEWHERE = "xlsform_choices_elsewhere"
    POINT_SPLIT = "xlsform_point_split"
    NOTE_AS_HINT = "xlsform_note_as_hint"
    NOTE_LEFT_OUT = "xlsform_note_left_out"
    ROWS_IN_ROWS = "xlsform_rows_in_rows"
    RELEVANT = "xlsform_relevant_left_out"
    RELEVANT_IN_ROWS = "xlsform_relevant_in_rows"
    CONSTRAINT = "xlsform_constraint_left_out"
    CALCULATION = "xlsform_calculation_left_out"
    CALCULATION_IN_ROWS = "xlsform_calculation_in_rows"
    REQUIRED = "xlsform_required_left_out"
    DEFAULT = "xlsform_default_left_out"
    FILTER = "xlsform_filter_left_out"
    FILTER_AS_CHECK = "xlsform_filter_as_check"
    ATTRIBUTE = "xlsform_attribute_left_out"
    LABEL_MISSING = "xlsform_label_missing"
    LABEL_ONE_LANGUAGE = "xlsform_label_one_language"
    LABEL_OTHER_LANGUAGES = "xlsform_label_other_languages"
    LABEL_REFERENCE = "xlsform_label_reference"
    LABEL_CUT = "xlsform_label_cut"
    LABEL_MARKUP = "xlsform_label_markup"
    NAME_CHANGED = "xlsform_name_changed"
    CHOICE_RENAMED = "xlsform_choice_renamed"
    CHOICE_TWIN = "xlsform_choice_twin"
    CHOICE_LABEL = "xlsform_choice_label"
    LIST_UNUSED = "xlsform_list_unused"
    AGE_BY_CALENDAR = "xlsform_age_by_calendar"
    TEXT_LENGTH = "xlsform_text_length"
    SECTIONS_SPLIT = "xlsform_sections_split"
    PRIVACY = "xlsform_privacy_guessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionNote:
    """One thing of the workbook that was left out, changed, or needs a look. Row 0 is the sheet as a whole."""

    code: NoteCode
    sheet: str
    row: int = 0
    column: str = ""
    done: Done = Done.LEFT_OUT
    context: Mapping[str, str | int] = field(default_factory=dict)
    why: Why | None = None
    why_context: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One question that became a field; a column of rows is named `rows.column`."""

    row: int
    name: str
    field: str
    type: str
    privacy: str


class ConversionNotes:
    """The notes of one import, in the order they were found; what is said once of a whole form is said once."""

    def __init__(self) -> None:
        self.carried: list[Carried] = []
        self._notes: list[ConversionNote] = []
        self._reported: set[tuple[object, ...]] = set()

    def add(
        self,
        code: NoteCode,
        sheet: str,
        row: int = 0,
        column: str = "",
        *,
        done: Done = Done.LEFT_OUT,
        because: Unsupported | None = None,
        **context: str | int,
    ) -> None:
        key = (code, sheet, row, column, *sorted(context.items()))
        if key in self._reported:  # a group around two sections is read with each
            return
        self._reported.add(key)
        self._notes.append(
            ConversionNote(
                code=code,
                sheet=sheet,
                row=row,
                column=column,
                done=done,
                context=context,
                why=because.why if because else None,
                why_context=because.context if because else {},
            )
        )

    def once(self, code: NoteCode, sheet: str, *, done: Done, **context: str | int) -> None:
        if not any(note.code is code for note in self._notes):
            self._notes.append(ConversionNote(code=code, sheet=sheet, done=done, context=context))

    def all(self) -> tuple[ConversionNote, ...]:
        """Return the notes, sorted as the workbook is read: survey, choices, the rest; each from above to below."""
        order = {"survey": 0, "choices": 1}
        return tuple(sorted(self._notes, key=lambda note: (order.get(note.sheet, 2), note.sheet, note.row)))
