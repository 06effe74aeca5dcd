"""The words of the screen: collected from the code, translated in sotram_vi.ts, compiled to sotram_vi.qm.

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
COMPILED = FOLDER / "sotram_vi.qm"
TOOLS = Path(sys.executable).parent


def main() -> int:
    if "--check" in sys.argv[1:]:
        return check()
    FOLDER.mkdir(exist_ok=True)
    collect(WORDS)
    compile_words(WORDS, COMPILED)
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
        compiled = Path(folder) / "sotram_vi.qm"
        compile_words(fresh, compiled)
        findings = [f"not translated: {text}" for text in untranslated(fresh)]
        if COMPILED.read_bytes() != compiled.read_bytes():
            findings.append("sotram_vi.qm is not what sotram_vi.ts compiles to: run `make translations`")
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
