"""The labels of a form in the two languages of ours: plain words, whatever was among them.

- Tags are taken out: a label is shown by windows that would read them. Answers are not put into labels; the question
  is named instead.
- What is missing in one language is taken from the other, and said once of the whole form.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from desktop.intake.xlsform.form import FormItem, XlsForm
from desktop.intake.xlsform.names import LONGEST_LABEL, FormLanguages
from desktop.intake.xlsform.notes import ConversionNotes, Done, NoteCode
from desktop.intake.xlsform.sheets import SURVEY

Label: TypeAlias = dict[str, str]

_TAG: Final = re.compile(r"<[A-Za-z/!?][^<>]*>")
_MARKDOWN: Final = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_REFERENCE: Final = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


class Words:
    """The labels of one form; what had to be changed goes into its notes."""

    def __init__(self, form: XlsForm) -> None:
        self._notes: ConversionNotes = form.notes
        self._languages = FormLanguages(_languages(form), form.default_language)
        self._labels = {item.name: item.label for item in _every(form.items)}
        self._report_languages()

    def label(
        self, texts: Mapping[str, str], sheet: str, row: int, *, instead: str, longest: int = LONGEST_LABEL
    ) -> Label:
        """Return a label; a name stands in for one that is missing."""
        found = self.sentence(texts, sheet, row, longest=longest)
        if found is not None:
            return found
        self._notes.add(NoteCode.LABEL_MISSING, sheet, row, "label", done=Done.BY_HAND, name=instead[:60])
        words = _plain(instead) or "-"
        return {"vi": words[:longest], "en": words[:longest]}

    def silently(self, texts: Mapping[str, str], *, instead: str) -> Label:
        """Return a label of which nothing is reported: it was reported where it is in the form."""
        named = {language: _plain(self._named(text, language))[:LONGEST_LABEL] for language, text in texts.items()}
        found = self._languages.label({language: text for language, text in named.items() if text})
        words = _plain(instead)[:LONGEST_LABEL] or "-"
        return found or {"vi": words, "en": words}

    def sentence(
        self, texts: Mapping[str, str], sheet: str, row: int, *, column: str = "label", longest: int = 600
    ) -> Label | None:
        """Return a text in both languages, None when there is none."""
        named = {language: self._named(text, language) for language, text in texts.items()}
        if named != dict(texts):
            self._notes.add(NoteCode.LABEL_REFERENCE, sheet, row, column, done=Done.CHANGED)
        plain = {language: _plain(text) for language, text in named.items()}
        if any(_TAG.search(text) for text in named.values()):
            self._notes.add(NoteCode.LABEL_MARKUP, sheet, row, column, done=Done.CHANGED)
        found = self._languages.label({language: text for language, text in plain.items() if text})
        if found is not None and any(len(text) > longest for text in found.values()):
            self._notes.add(NoteCode.LABEL_CUT, sheet, row, column, done=Done.BY_HAND, limit=longest)
            return {
                language: f"{text[: longest - 1]}…" if len(text) > longest else text for language, text in found.items()
            }
        return found

    def _named(self, text: str, language: str) -> str:
        """Return a text in which the name of a question stands for its answer."""

        def name(match: re.Match[str]) -> str:
            texts = self._labels.get(match[1], {})
            return f"«{_REFERENCE.sub('', texts.get(language) or next(iter(texts.values()), match[1]))}»"

        return _REFERENCE.sub(name, text)

    def _report_languages(self) -> None:
        languages = self._languages
        if (
            languages.vietnamese is None
            and languages.english is None
            and any(name != "default" for name in languages.all)
        ):
            named = ", ".join(name for name in languages.all if name != "default")[:200]
            self._notes.once(NoteCode.LABEL_OTHER_LANGUAGES, SURVEY, done=Done.BY_HAND, languages=named)
        elif languages.vietnamese is None or languages.english is None:
            self._notes.once(NoteCode.LABEL_ONE_LANGUAGE, SURVEY, done=Done.BY_HAND)


def _plain(text: str) -> str:
    """Return a text on one line, without tags, marks of bold letters and characters that windows would read."""
    found, before = text, ""
    while found != before:
        found, before = _TAG.sub(" ", found), found
    return " ".join(_MARKDOWN.sub("", found).split())


def _every(items: Sequence[FormItem]) -> Iterator[FormItem]:
    for item in items:
        yield item
        yield from _every(item.items)


def _languages(form: XlsForm) -> Iterator[str]:
    for item in _every(form.items):
        yield from item.label
    for choices in form.choices.values():
        for choice in choices:
            yield from choice.label
