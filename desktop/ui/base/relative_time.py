"""How long ago something was, in the words people use."""

from datetime import datetime

from PySide6.QtCore import QObject


class RelativeTime(QObject):
    """Words for times and for what is not sent yet."""

    def ago(self, at: datetime, now: datetime) -> str:
        days = (now.date() - at.date()).days
        if days <= 0:
            return self.tr("today")
        if days == 1:
            return self.tr("yesterday")
        return self.tr("%n day(s) ago", "", days)

    def left(self, days: int) -> str:
        """Return how long until a day, or how long it is overdue."""
        if days < 0:
            return self.tr("%n day(s) overdue", "", -days)
        return self.tr("today") if days == 0 else self.tr("in %n day(s)", "", days)

    def sending(self, unsent: int, last_sent: datetime | None, now: datetime) -> str:
        """Return what waits to be sent and how old the last bundle is."""
        waiting = self.tr("%n change(s) not sent", "", unsent) if unsent else self.tr("Everything is sent")
        if last_sent is None:
            return waiting if not unsent else self.tr("{waiting}, no bundle yet").replace("{waiting}", waiting)
        words = self.tr("{waiting}, last bundle {when}").replace("{waiting}", waiting)
        return words.replace("{when}", self.ago(last_sent, now))
