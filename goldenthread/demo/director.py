"""The bodies meet month by month: each answers what was referred to it, looks at reports, and moves what was missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine.view import Row
from engine.views import AGENDA, MATTERS, STATUSES
from events.stream import interventions
from goldenthread.demo.cast import CHIEF_OFFICER, INDICATOR, SERVICE_MANAGER
from goldenthread.demo.stage import Stage
from goldenthread.demo.story import LEAVE, PLANS, Plan, Report


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell the audience."""

    day: date
    service: str
    sentence: str


class Director:
    """Decides on behalf of the invented bodies by the story's plans and by what the book says."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.told: list[Event] = []

    def service_reports(self, before: date) -> None:
        """The service manager reports back on the days the plans say, up to a day."""
        for day, row, plan in sorted(self._reports(before), key=lambda found: found[0]):
            self._stage.advance(max(day, self._stage.today))
            self._report(row, plan)

    def meet(self, body: str) -> None:
        """A body goes through what stands on its agenda."""
        for row in self._open():
            if row["body"] == body:
                self._consider(body, row)

    def _consider(self, body: str, row: Row) -> None:
        plan = self._plan(row)
        match row["state"]:
            case "proposed":
                self._answer(body, row, plan)
            case "reported":
                self._after_report(body, row)
            case "watched" if self._recovered(row):
                self._close(body, row)
            case "reporting" if rung := self._proposed(row):
                self._move(body, row, rung)
            case "reporting" if row["moves"] and body not in plan.rungs_silent and self._overdue(row):
                self._answer_above(body, row)
            case _:
                pass

    def _answer(self, body: str, row: Row, plan: Plan) -> None:
        clerk = self._stage.clerk(body)
        fields: dict[str, str | tuple[str, ...]] = {}
        words: dict[str, str] = {}
        if plan.step == "answer":
            fields["category"] = str(plan.category)
            if plan.menu:
                fields["menu"] = plan.menu
        elif plan.step == "leave_with_service":
            fields["review_on"] = (self._stage.today + timedelta(days=56)).isoformat()
        else:
            words["reason"] = plan.words
        self._stage.step(
            clerk, self._series(row), str(row["ordinal"]), plan.step, fields, body=body, words=words
        )
        items = f"item{'s' if len(plan.menu) > 1 else ''}"
        menu = f" with menu {items} {' and '.join(plan.menu)}" if plan.menu else ""
        said = {
            "answer": f"asks for a report back, {str(plan.category).replace('_', ' ')}{menu}",
            "leave_with_service": "leaves it with the service for now",
            "decline": f"takes no corporate action: {plan.words}",
        }
        self._tell(row, f"{body} {said[plan.step]}")

    def _after_report(self, body: str, row: Row) -> None:
        clerk, series, ordinal = self._stage.clerk(body), self._series(row), str(row["ordinal"])
        if self._recovered(row):
            self._close(body, row)
        elif int(row["reports"] or 0) < 2:
            self._stage.step(
                clerk,
                series,
                ordinal,
                "continue",
                {"category": "category_4"},
                body=body,
                words={"reason": "The plan is right; one more month to show it."},
            )
            self._tell(row, f"{body} reads the report and asks for another within a month")
        else:
            self._stage.step(
                clerk,
                series,
                ordinal,
                "waive",
                {},
                body=body,
                words={"reason": "What the council can do has been done; the rest lies with the hospital."},
            )
            self._close(body, row, "not recovered, waived with a reason")

    def _close(self, body: str, row: Row, how: str = "the figure has recovered") -> None:
        self._stage.step(
            self._stage.clerk(body),
            self._series(row),
            str(row["ordinal"]),
            "close",
            {},
            body=body,
            words={"reason": "Discussed and closed."},
        )
        self._tell(row, f"{body} closes it: {how}")

    def _move(self, body: str, row: Row, rung: str) -> None:
        self._stage.step(
            self._stage.clerk(body),
            self._series(row),
            str(row["ordinal"]),
            "move",
            {"rung": rung},
            body=body,
            words={"reason": "The date went by without a report."},
        )
        self._tell(row, f"nobody reported back; a person at {body} moves it to {rung}")

    def _answer_above(self, body: str, row: Row) -> None:
        self._stage.step(
            self._stage.clerk(body),
            self._series(row),
            str(row["ordinal"]),
            "answer",
            {"category": "category_4"},
            body=body,
        )
        self._tell(row, f"{body} answers: a report within one month")

    def _report(self, row: Row, plan: Plan) -> None:
        self._stage.step(
            SERVICE_MANAGER,
            self._series(row),
            str(row["ordinal"]),
            "report",
            {},
            words={
                "report": "Delayed discharges, beds and the joint team: what was done and what it changed."
            },
        )
        late = " late" if self._stage.today.isoformat() > str(row["report_due"]) else ""
        self._tell(row, f"the service reports back{late}")

    def _extend(self, row: Row) -> None:
        until = (date.fromisoformat(str(row["report_due"])) + timedelta(days=21)).isoformat()
        series, ordinal, body = self._series(row), str(row["ordinal"]), str(row["body"])
        reason = {"reason": "Winter pressures; the joint review ends three weeks later."}
        self._stage.step(CHIEF_OFFICER, series, ordinal, "ask_extension", {"until": until}, words=reason)
        self._stage.step(
            self._stage.clerk(body),
            series,
            ordinal,
            "agree_extension",
            {"until": until},
            body=body,
            words=reason,
        )
        self._tell(row, f"an extension to {until} is asked for and agreed; the original date stays visible")

    def _reports(self, before: date) -> list[tuple[date, Row, Plan]]:
        found = []
        for row in self._open():
            if row["state"] != "reporting" or not row["report_due"]:
                continue
            plan, due = self._plan(row), date.fromisoformat(str(row["report_due"]))
            above = bool(row["moves"]) and not self._overdue(row)
            if plan.report is Report.EXTENDED and row["report_due"] == row["report_original"]:
                if due - timedelta(days=10) <= before:
                    self._stage.advance(max(due - timedelta(days=10), self._stage.today))
                    self._extend(row)
                continue
            late = plan.report is Report.LATE and not above
            day = self._stage.working_day(due + timedelta(days=12 if late else -7))
            if (plan.report is not Report.NEVER or above) and day <= before:
                found.append((day, row, plan))
        return found

    def _plan(self, row: Row) -> Plan:
        return PLANS.get((str(row["service"]), str(row["period"])), LEAVE)

    def _open(self) -> list[Row]:
        return self._stage.office.store.rows(
            MATTERS,
            {"workflow": "intervention", "indicator": INDICATOR, "ended": 0},
            order_by=("service", "ordinal"),
        )

    def _recovered(self, row: Row) -> bool:
        statuses = self._stage.office.store.rows(
            STATUSES, {"indicator": INDICATOR, "service": str(row["service"])}, order_by=("period",)
        )
        return statuses[-1]["status"] != "red"

    def _overdue(self, row: Row) -> bool:
        return not row["report_due"] or str(row["report_due"]) < self._stage.today.isoformat()

    def _proposed(self, row: Row) -> str:
        """The rung that a missed report proposed."""
        key = interventions(*self._series(row)), str(row["ordinal"])
        agenda = self._stage.office.store.row(AGENDA, key)
        return str(agenda["proposed_rung"] or "") if agenda else ""

    def _series(self, row: Row) -> tuple[str, str]:
        return str(row["indicator"]), str(row["service"])

    def _tell(self, row: Row, sentence: str) -> None:
        self.told.append(Event(self._stage.today, str(row["service"]), sentence))
