"""The Vietnamese syllable: its onset, rime and tone, and where the tone's mark is written.

- A syllable is an onset of `ONSETS`, a rime of `RIMES` and a tone; rimes that end in c, ch, p or t take only the
  rising and the heavy tone.
- The mark is written in the older way that forms and identity cards use: hòa, khỏe, thúy; the same letters otherwise.
- Words that are no Vietnamese syllable are left as they came.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # level, huyền, hỏi, ngã, sắc, nặng: the order
_SHARP_TONES: Final = {"\u0301", "\u0323"}

_ONSET_LIST: Final = "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x"
ONSETS: Final = (*_ONSET_LIST.split(), "")

_RIME_LIST: Final = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu
o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uô uôc uôi uôm uôn
uông uôt uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y ych yn ynh yt
"""
RIMES: Final = frozenset(_RIME_LIST.split())

_VOWELS: Final = "aăâeêioôơuưy"
_MARKED_VOWELS: Final = "ăâêôơư"
_RIMES_AFTER: Final = {
    onset: re.compile(rimes)
    for onsets, rimes in {
        "c ng": "[^eêiy]",
        "g": "[^eêy]",
        "gh ngh": "[eêi]",
        "gi": "[^iy]",
        "k": "[eêi]|y$",
        "qu": "[aăâeêôơy]|i(?!a|ê)",
    }.items()
    for onset in onsets.split()
} | {"": re.compile("[^y]|y$|yê")}
_RIMES_AFTER_OTHERS: Final = re.compile("[^y]|y$")
_WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A spelt syllable in small letters; `str()` writes it with its tone in place."""

    onset: str
    rime: str
    tone: str

    def __str__(self) -> str:
        place = _tone_place(self.rime) + 1
        return self.onset + unicodedata.normalize("NFC", self.rime[:place] + self.tone) + self.rime[place:]


def parse_syllable(word: str) -> Syllable | None:
    """Return the syllable that a word spells, whatever its case and wherever its tone is written."""
    letters, tone = "", ""
    for sign in unicodedata.normalize("NFC", word.lower()):
        base, *marks = list(unicodedata.normalize("NFD", sign))
        found = [mark for mark in marks if mark in TONES]
        if found and (tone or base not in _VOWELS):
            return None
        tone += "".join(found)
        letters += unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in TONES))
    return join_syllable(letters, tone)


def join_syllable(letters: str, tone: str) -> Syllable | None:
    """Return the syllable of these toneless small letters, `None` when Vietnamese has none."""
    for onset in ONSETS:
        rime = letters[len(onset) :]
        if letters.startswith(onset) and rime in RIMES and _RIMES_AFTER.get(onset, _RIMES_AFTER_OTHERS).match(rime):
            is_stopped = rime.endswith(("c", "ch", "p", "t"))
            return Syllable(onset, rime, tone) if tone in _SHARP_TONES or not is_stopped else None
    return None


def normalise_tone_placement(text: str) -> str:
    """Return the text with every tone mark where the older spelling has it: hoà as hòa, thuý as thúy."""
    return _WORD.sub(_with_tone_in_place, unicodedata.normalize("NFC", text))


def _with_tone_in_place(found: re.Match[str]) -> str:
    word = found[0]
    syllable = parse_syllable(word)
    if syllable is None or not syllable.tone:
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, str(syllable), strict=True))


def _tone_place(rime: str) -> int:
    vowels = len(rime) - len(rime.lstrip(_VOWELS))
    marked = [place for place in range(vowels) if rime[place] in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    if vowels == 3 or (vowels == 2 and len(rime) > vowels):
        return 1
    return 0
