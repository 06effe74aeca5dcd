"""What `make` does before anything is downloaded: it says all that the system lacks in one line, or installs it.

The script runs for real, on a PATH that holds what a bare system holds, and an ldconfig, apt-get, sudo that write down
what they were asked.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SCRIPT = CHECKOUT / "build" / "check_system.sh"
STOCK = ("cat", "cut", "dash", "env", "grep", "head", "sed", "sh", "tail", "uname")
TOOLS = ("age", "pdftotext", "ssh-keygen", "unzip", "zstd")
LIBRARIES = re.findall(r"^(?:\w+=\")?(lib\S+\.so\.\d+) \S+\"?$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a script for Linux")


class System:
    """A made-up system: programs in a folder, libraries in what its ldconfig says, a log of what was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "bin"
        self.folder.mkdir()
        self.log = folder / "log"
        self.libraries = folder / "libraries"
        self.python = self.folder / "python3"
        for name in STOCK:
            found = shutil.which(name)
            if found:
                (self.folder / name).symlink_to(found)
        self.program("ldconfig", f"cat {self.libraries}")
        self.program("id", "echo 1000")
        self.program("apt-get", f'echo "apt-get $*" >>{self.log}')
        self.program("apt-cache", 'case $1 in depends) echo "  Depends: python3.13" ;; esac')
        self.program("dpkg-query", "true")
        self.has(*LIBRARIES)
        self.python.symlink_to(sys.executable)
        for name in ("objdump", "objcopy", *TOOLS):
            self.program(name, "true")

    def program(self, name: str, script: str) -> None:
        path = self.folder / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def has(self, *libraries: str) -> None:
        kind = "libc6,x86-64" if os.uname().machine == "x86_64" else "libc6"
        lines = [f"\t{name} ({kind}) => /lib/{name}\n" for name in libraries]
        self.libraries.write_text("".join(lines), encoding="utf-8")

    def lacks(self, *libraries: str) -> None:
        self.has(*(name for name in LIBRARIES if name not in libraries))

    def remove(self, *programs: str) -> None:
        for name in programs:
            (self.folder / name).unlink()

    def check(self, target: str = "demo") -> subprocess.CompletedProcess[str]:
        # the script adds /usr/sbin and /sbin for ldconfig; what it looks for must not lie there
        text = SCRIPT.read_text(encoding="utf-8").replace("PATH=$PATH:/usr/sbin:/sbin", ":")
        return subprocess.run(
            [self.folder / "sh", "-c", text, "check_system.sh", target],
            env={"PATH": str(self.folder), "PYTHON": "python3"},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def asked(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(tmp_path)


def lines_to_type(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if "apt-get" in line]


@pytest.mark.parametrize("target", ["run", "demo", "test", "build"])
def test_a_whole_system_is_passed_in_silence(system: System, target: str) -> None:
    done = system.check(target)

    assert (done.returncode, done.stderr, system.asked) == (0, "", [])


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("target", ["run", "test"])
def test_each_library_alone_stops_every_command(system: System, library: str, target: str) -> None:
    system.lacks(library)

    done = system.check(target)

    assert done.returncode == 1
    assert len(lines_to_type(done.stderr)) == 1


def test_a_bare_system_is_told_everything_in_one_line_that_then_is_enough(system: System) -> None:
    system.has()
    system.remove("python3", "objdump", *TOOLS)

    done = system.check()

    (line,) = lines_to_type(done.stderr)
    assert done.returncode == 1
    wanted = {"python3", "python3-venv", "libpython3.13", "binutils", "libegl1", "libxcb-cursor0", "libwayland-client0"}
    wanted |= {"libcups2", "libglib2.0-0", "age", "poppler-utils", "openssh-client", "unzip", "zstd"}
    assert wanted <= set(line.replace("'", " ").split())


def test_packages_have_their_new_names_where_the_system_has_such(system: System) -> None:
    system.lacks("libcups.so.2", "libgthread-2.0.so.0", "libglib-2.0.so.0")
    system.program("dpkg-query", "echo libssl3t64")

    (line,) = lines_to_type(system.check().stderr)

    assert line.count("libglib2.0-0") == 1
    assert {"libcups2t64", "libglib2.0-0t64"} <= set(line.replace("'", " ").split())


def test_the_other_kind_of_machine_does_not_count(system: System) -> None:
    system.has(*LIBRARIES)
    text = system.libraries.read_text(encoding="utf-8")
    system.libraries.write_text(text.replace("\tlibEGL.so.1 (libc6,x86-64", "\tlibEGL.so.1 (libx32"), encoding="utf-8")

    assert "libegl1" in system.check().stderr


def test_root_says_so_and_installs_then_looks_again(system: System) -> None:
    system.lacks("libEGL.so.1")
    system.program("id", "echo 0")
    kind = system.libraries.read_text(encoding="utf-8").split("(")[1].split(")")[0]
    system.program(
        "apt-get", f'echo "apt-get $*" >>{system.log}\nprintf "\\tlibEGL.so.1 ({kind}) => x\\n" >>{system.libraries}'
    )

    done = system.check()

    assert done.returncode == 0
    assert "installed now" in done.stderr
    assert "libegl1" in done.stderr
    assert system.asked == ["apt-get install -y -q --no-install-recommends libegl1"]


def test_what_is_not_there_after_it_was_installed_is_not_called_there(system: System) -> None:
    system.lacks("libEGL.so.1")
    system.program("id", "echo 0")

    done = system.check()

    assert done.returncode == 1
    assert "still not found: libEGL.so.1" in done.stderr


def test_a_package_list_that_is_too_old_is_fetched_again(system: System) -> None:
    system.lacks("libEGL.so.1")
    system.program("id", "echo 0")
    system.program("apt-get", f'echo "apt-get $1" >>{system.log}\necho "E: no network"\nexit 100')

    done = system.check()

    assert system.asked == ["apt-get install", "apt-get update"]
    assert done.returncode == 1
    assert "E: no network" in done.stderr
    assert lines_to_type(done.stderr)


def test_a_sudo_that_asks_nothing_is_used(system: System) -> None:
    system.lacks("libEGL.so.1")
    system.program("sudo", f'echo "sudo $*" >>{system.log}')

    system.check()

    assert "sudo -n apt-get install -y -q --no-install-recommends libegl1" in system.asked


def test_a_sudo_that_would_ask_is_left_to_the_user(system: System) -> None:
    system.lacks("libEGL.so.1")
    system.program("sudo", "exit 1")

    done = system.check()

    assert done.returncode == 1
    assert lines_to_type(done.stderr)[0].startswith("sudo apt-get")


def test_binutils_stop_the_build_alone(system: System) -> None:
    system.remove("objdump")

    assert system.check("build").returncode == 1
    assert system.check("demo").returncode == 0


def test_tools_of_the_tests_stop_nothing_and_are_told_to_the_tests(system: System) -> None:
    system.remove("age", "zstd")

    done = system.check("test")

    assert done.returncode == 0
    assert "Tests that need age zstd are skipped" in done.stderr
    assert system.check("demo").stderr == ""


def test_another_system_is_told_the_names_of_the_libraries(system: System) -> None:
    system.lacks("libEGL.so.1", "libcups.so.2")
    system.remove("apt-get")

    done = system.check()

    assert done.returncode == 1
    assert "libEGL.so.1 libcups.so.2" in done.stderr
    assert "apt" not in done.stderr


def test_an_old_python_is_refused_by_its_version(system: System) -> None:
    system.remove("python3")
    system.program("python3", "echo old - 3.9 - -")

    done = system.check()

    assert done.returncode == 1
    assert "3.9; Sotram needs 3.11" in done.stderr


@pytest.mark.skipif(shutil.which("objdump") is None, reason="objdump reads what Qt's files need")
def test_every_library_that_qts_files_need_is_looked_for() -> None:
    import PySide6

    qt = Path(PySide6.__path__[0])
    known = {
        path.name for path in [*qt.glob("*.so*"), *(qt / "Qt/lib").glob("*.so*"), *qt.parent.glob("shiboken6/*.so*")]
    }
    todo = [qt / f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Pdf", "PdfWidgets", "PrintSupport", "Svg")]
    todo += [qt / "Qt/plugins/platforms" / f"libq{name}.so" for name in ("offscreen", "xcb", "wayland")]
    todo += (qt / "Qt/plugins/printsupport").glob("*.so")
    todo += (qt / "Qt/plugins/imageformats").glob("*.so")
    seen: set[str] = set()
    needed = set()
    while todo:
        path = todo.pop()
        said = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=True).stdout
        names = {line.split()[1] for line in said.splitlines() if line.strip().startswith("NEEDED")} - seen
        seen |= names
        for name in names:
            inside = next(
                (place / name for place in (qt / "Qt/lib", qt, qt.parent / "shiboken6") if (place / name).exists()),
                None,
            )
            if inside is not None:
                todo.append(inside)
            elif name not in known:
                needed.add(name)

    of_the_c_library = {"libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libresolv.so.2"}
    brought_along = {"libgcc_s.so.1", "libbrotlicommon.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
    assert needed - of_the_c_library - brought_along <= set(LIBRARIES)
