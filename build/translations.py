"""The words of the screen: collected from the code, translated in sotram_vi.ts, compiled to sotram_vi.qm.

English plurals (sotram_en.ts) and Qt's own words (qt_vi.ts) are written by a person and compiled with them.

Without arguments: collect and compile. With --check: say what is not translated or not compiled, and end with status 1.
"""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

HOUSE = Path(__file__).parents[1]
FOLDER = HOUSE / "resources" / "translations"
WORDS = FOLDER / "sotram_vi.ts"
OTHERS = (FOLDER / "sotram_en.ts", FOLDER / "qt_vi.ts")
TOOLS = Path(sys.executable).parent


def main() -> int:
    if "--check" in sys.argv[1:]:
        return check()
    FOLDER.mkdir(exist_ok=True)
    collect(WORDS)
    for words in (WORDS, *OTHERS):
        compile_words(words, words.with_suffix(".qm"))
    return 0


def collect(words: Path) -> None:
    sources = sorted(str(path.relative_to(HOUSE)) for path in (HOUSE / "desktop" / "ui").rglob("*.py"))
    run("pyside6-lupdate", *sources, "-ts", str(words), "-no-obsolete", "-locations", "none", "-silent")


def compile_words(words: Path, compiled: Path) -> None:
    run("pyside6-lrelease", str(words), "-qm", str(compiled), "-silent")


def check() -> int:
    """Compare a fresh collection with the words that are translated, and the compiled file with both."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "sotram_vi.ts"
        fresh.write_bytes(WORDS.read_bytes())
        collect(fresh)
        findings = [f"not translated: {text}" for text in untranslated(fresh)]
        for words in (fresh, *OTHERS):
            compiled = Path(folder) / f"{words.stem}.qm"
            compile_words(words, compiled)
            if (FOLDER / compiled.name).read_bytes() != compiled.read_bytes():
                findings.append(f"{compiled.name} is not what {words.name} compiles to: run `make translations`")
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


def untranslated(words: Path) -> list[str]:
    found = []
    for message in ET.parse(words).iter("message"):  # noqa: S314  our own file
        translation = message.find("translation")
        forms = [] if translation is None else translation.findall("numerusform") or [translation]
        if translation is None or translation.get("type") or not all(form.text for form in forms):
            found.append(message.findtext("source") or "")
    return found


def run(tool: str, *words: str) -> None:
    subprocess.run(
        [sys.executable, TOOLS / tool, *words], check=True, cwd=HOUSE
    )  # a moved clone's scripts name another Python


if __name__ == "__main__":
    sys.exit(main())
