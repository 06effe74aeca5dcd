"""Say which system libraries or tools are missing, and the line that brings them.

A missing library ends with status 1: the window cannot open without it. A missing tool is only told: the tests that
check our files with it are skipped.
"""

import ctypes
import importlib
import os
import shutil
import sys

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TOOLS = {
    "age": "age",
    "pdftotext": "poppler-utils",
    "ssh-keygen": "openssh-client",
    "unzip": "unzip",
    "zstd": "zstd",
}


def main() -> int:
    for module in ("PySide6.QtWidgets", "PySide6.QtPdfWidgets", "sqlcipher3", "pyrage", "cryptography", "zstandard"):
        try:
            importlib.import_module(module)
        except ImportError as error:
            packages = {package for library, package in LIBRARIES.items() if library in str(error)}
            line = f"sudo apt-get install {' '.join(sorted(packages or set(LIBRARIES.values())))}"
            print(f"A system library is missing: {error}.\nInstall it: {line}", file=sys.stderr)
            return 1
    if os.environ.get("DISPLAY"):
        missing = sorted({package for library, package in SCREEN.items() if not is_there(library)})
        if missing:
            line = f"sudo apt-get install {' '.join(missing)}"
            print(f"The window cannot be shown on this display yet. Install: {line}", file=sys.stderr)
            return 1
    tools = sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
    if tools:
        print(f"Not needed to run, but some tests will be skipped. To run them: sudo apt-get install {' '.join(tools)}")
    return 0


def is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
