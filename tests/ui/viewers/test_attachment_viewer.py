import io
from collections.abc import Callable

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.log.operation import Json
from desktop.ui.base.language import Languages
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.viewers.attachment_viewer import AttachmentViewer
from desktop.workspace.base.session import Session
from desktop.workspace.records import attachments, records, saving
from desktop.workspace.views.preview_view import read_preview
from desktop.workspace.views.record_files import PreviewFile
from tests.ui.conftest import AtDesk
from tests.ui.hands import add_person, add_victim
from tests.ui.patience import wait_calm

Look = Callable[[PreviewFile], AttachmentViewer]


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (1200, 600), (90, 140, 120)).save(content, "PNG")
    return content.getvalue()


def two_pages() -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842), invariant=1)
    for text in ("one", "two"):
        canvas.drawString(100, 700, text)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def kept(session: Session, content: bytes, name: str) -> dict[str, Json]:
    value = attachments.add_content(session, content, name)
    assert isinstance(value, dict)
    return value


def file(value: dict[str, Json], *, is_secret: bool = False, **changes: str) -> PreviewFile:
    given = {"label": "Photo", "name": "a", "thumbnail": None, "is_secret": is_secret, **value, **changes}
    return PreviewFile(**given)  # type: ignore[arg-type]  # the value of an attachment


@pytest.fixture
def look(qtbot: QtBot, operations: RegistryWorker, theme: Theme, languages: Languages) -> Look:
    parent = QWidget()
    qtbot.addWidget(parent)

    def open_it(shown: PreviewFile) -> AttachmentViewer:
        viewer = AttachmentViewer(operations, shown, "en", parent)
        viewer.open()
        wait_calm(qtbot, operations)
        return viewer

    return open_it


def test_a_picture_is_fitted_into_its_window_and_can_be_made_larger(
    look: Look, commune: Session, at_desk: AtDesk
) -> None:
    value = kept(commune, picture(), "map.png")
    at_desk(commune)
    viewer = look(file(value))
    fitted = viewer.picture.shown_size
    assert fitted.width() <= viewer.width()
    assert fitted.width() == pytest.approx(2 * fitted.height(), abs=2)
    viewer.picture.enlarge()
    assert viewer.picture.shown_size.width() > fitted.width()


def test_the_pages_of_a_pdf_are_shown(look: Look, commune: Session, at_desk: AtDesk) -> None:
    value = kept(commune, two_pages(), "paper.pdf")
    at_desk(commune)
    viewer = look(file(value))
    assert viewer.pages.page_count == 2
    assert viewer.notice.code == ""


def test_a_file_that_has_not_come_yet_says_so(look: Look, commune: Session, at_desk: AtDesk) -> None:
    at_desk(commune)
    viewer = look(file({"digest": "0" * 64, "media_type": "image/png", "size": 1}))
    assert viewer.notice.code == "attachment_not_here"


def test_bytes_that_are_not_what_was_declared_are_not_decoded(look: Look, commune: Session, at_desk: AtDesk) -> None:
    value = kept(commune, two_pages(), "paper.pdf")
    at_desk(commune)
    viewer = look(file(value, media_type="image/png"))
    assert viewer.notice.code == "attachment_not_shown"
    assert viewer.picture.shown_size == QSize(0, 0)


def test_a_secret_file_is_gone_when_another_program_has_the_focus(
    look: Look, commune: Session, at_desk: AtDesk, qtbot: QtBot, qapp: object
) -> None:
    value = kept(commune, picture(), "form.png")
    at_desk(commune)
    secret, open_one = look(file(value, is_secret=True)), look(file(value))
    assert hasattr(qapp, "applicationStateChanged")
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    qtbot.waitUntil(lambda: not shiboken6.isValid(secret) or not secret.isVisible())
    assert open_one.isVisible()


def test_the_preview_has_small_copies_and_leaves_secret_files_out(commune: Session) -> None:
    photo = kept(commune, picture(), "photo.png")
    person = add_person(commune, photo=photo, id_card_image=kept(commune, two_pages(), "card.pdf"))
    found = read_preview(commune, person, "en").files
    assert [(one.name, one.thumbnail is not None) for one in found] == [("photo.png", True), ("card.pdf", False)]
    case = add_victim(commune)
    view = records.read(commune, case)
    saved = saving.save(
        commune,
        "returned_victim",
        {**view.values, "consent_form": photo},
        record=case,
        base=view.heads,
        reason_for_all="đã đối chiếu",
    )
    assert saved.record == case, saved.problems
    assert read_preview(commune, case, "en").files == ()
    assert [one.is_secret for one in read_preview(commune, case, "en", reveals=True).files] == [True]
