"""The sets of a report over one period: which records are in each."""

from desktop.domain.conditions.condition import Condition
from desktop.domain.reports.model import RecordSet, ReportDefinition
from desktop.domain.reports.periods import Period
from desktop.reports.answers import Answers
from desktop.reports.records import CountedRecord, ReportRecords


class Sets:
    """Works sets out, each once for a period; the records of a set come in the order of their register."""

    def __init__(self, report: ReportDefinition, records: ReportRecords, answers: Answers) -> None:
        self._sets = report.sets
        self._records = records
        self._answers = answers
        self._known: dict[tuple[str, Period], tuple[CountedRecord, ...]] = {}

    def of(self, name: str, period: Period) -> tuple[CountedRecord, ...]:
        key = name, period
        if key not in self._known:
            self._known[key] = self._work_out(self._sets[name], period)
        return self._known[key]

    def narrowed(self, name: str, conditions: tuple[Condition, ...], period: Period) -> tuple[CountedRecord, ...]:
        """Return the records of a set for which every condition certainly holds."""
        found = self.of(name, period)
        for condition in conditions:
            found = self._answers.holding(condition, found, period)
        return found

    def _work_out(self, one: RecordSet, period: Period) -> tuple[CountedRecord, ...]:
        by_id = self._records.registers[one.register].by_id
        chosen = set(by_id)
        if one.any_of:
            chosen &= set[str]().union(*(self._ids(name, period) for name in one.any_of))
        for name in one.all_of:
            chosen &= self._ids(name, period)
        for name in one.but_not:
            chosen -= self._ids(name, period)
        if one.linked_by and one.through:
            chosen &= {str(record.get(one.through)) for record in self.of(one.linked_by, period)}
        found = tuple(record for name, record in by_id.items() if name in chosen)
        return found if one.where is None else self._answers.holding(one.where, found, period)

    def _ids(self, name: str, period: Period) -> set[str]:
        return {record.record for record in self.of(name, period)}
