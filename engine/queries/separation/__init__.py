"""Separation of duties as the record shows it: breaches and near-breaches, found by walking the log once.

The engine refuses every breach it knows of, so a breach here means a record that somebody else wrote, or a workflow
that asked for less than it should have. A near-breach is no fault: it is what an auditor asks about.
"""

from engine.queries.separation.finding import BREACH, NEAR, DutyFinding
from engine.queries.separation.walk import audit_duties

__all__ = ["BREACH", "NEAR", "DutyFinding", "audit_duties"]
