"""A program that gives a command the id of a deadline which has not passed yet; the command line refuses it earlier."""

from tests.errors.council import ANALYST, JUNE, a_council

TAKEN = "interventions/HW1/highways/1/report_back/1@2026-08-01T23:00:00.000000Z"
SAYS = f"'{TAKEN}' cannot be the id of a command: '@' marks deadlines that pass."
FIX = "Use letters, digits, dots, hyphens and underscores, or let the program make an id."


def provoke():
    a_council().figure(ANALYST, "enter", JUNE, "90", command_id=TAKEN)
