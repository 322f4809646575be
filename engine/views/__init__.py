"""Views: what people and the tick look things up in. Each is a pure fold of the log and can be thrown away.

A new view is one file here and one line in `VIEWS`; the store keeps, rebuilds and compares whatever is listed.
"""

from __future__ import annotations

from engine.view import View
from engine.views.agenda import Agenda
from engine.views.due import Due
from engine.views.indicators import Indicators
from engine.views.matters import MattersView
from engine.views.statuses import Statuses
from engine.views.submissions import Submissions

STATUSES = Statuses()
SUBMISSIONS = Submissions()
MATTERS = MattersView()
AGENDA = Agenda()
DUE = Due()
INDICATORS = Indicators()

VIEWS: tuple[View, ...] = (INDICATORS, STATUSES, SUBMISSIONS, MATTERS, AGENDA, DUE)
"""Every view a store keeps."""
