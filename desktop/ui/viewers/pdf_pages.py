"""The pages of a PDF that lives in memory alone: shown, made larger and smaller, drawn on a printer."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desktop.ui.base.tokens import Space

_ZOOM_STEP: Final = 1.2
_LARGEST_ZOOM: Final = 4.0
_SMALLEST_ZOOM: Final = 0.25


class PdfPages(QPdfView):
    """One page below the other; `show_pdf` says whether it could be read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pdf = QPdfDocument(parent)  # not a child of the view: Qt lets it go when the view is half gone
        self._buffer = QBuffer(parent)
        self.setDocument(self._pdf)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.setPageSpacing(Space.USUAL)
        self.setAccessibleName(self.tr("Pages"))
        around = self.palette()
        around.setColor(QPalette.ColorRole.Dark, around.color(QPalette.ColorRole.Mid))  # what Qt paints round the pages
        self.setPalette(around)

    @property
    def page_count(self) -> int:
        return self._pdf.pageCount()

    def show_pdf(self, content: bytes) -> bool:
        self._buffer.close()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._pdf.load(self._buffer)
        return self._pdf.status() is QPdfDocument.Status.Ready and self._pdf.error() is QPdfDocument.Error.None_

    def close_pdf(self) -> None:
        self._pdf.close()
        self._buffer.close()

    def print_with(self, printer: QPrinter) -> None:
        """Draw every page on a printer, as large as its paper allows."""
        printer.setFullPage(True)
        painter = QPainter(printer)
        for page in range(self._pdf.pageCount()):
            if page:
                printer.newPage()
            paper = printer.pageRect(QPrinter.Unit.DevicePixel)
            points = self._pdf.pagePointSize(page)
            scale = min(paper.width() / points.width(), paper.height() / points.height())
            size = QSizeF(points.width() * scale, points.height() * scale)
            image = self._pdf.render(page, QSize(round(size.width()), round(size.height())))
            painter.drawImage(QRectF(QPointF(0, 0), size), image)
        painter.end()

    def enlarge(self) -> None:
        self._zoom(_ZOOM_STEP)

    def reduce(self) -> None:
        self._zoom(1 / _ZOOM_STEP)

    def fit_page(self) -> None:
        self.setZoomMode(QPdfView.ZoomMode.FitInView)

    def fit_width(self) -> None:
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _zoom(self, factor: float) -> None:
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(max(_SMALLEST_ZOOM, min(_LARGEST_ZOOM, self.zoomFactor() * factor)))
