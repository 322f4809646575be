"""A step that the workflow does not have."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "There is no step 'anwser' in the workflow intervention. Did you mean 'answer'?"
FIX = "Its steps are propose, answer, leave_with_service, decline, withdraw, report, continue, waive, close, ask_extension, agree_extension, move."


def provoke():
    return intervention().refused("anwser", "clara", date(2026, 11, 30)).reasons
