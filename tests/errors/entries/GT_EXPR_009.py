"""More in the expressions of one pack than anybody could read."""

from tests.errors.provoke import rules

SAYS = "The expressions of this pack have more than 10,000 parts together."
FIX = "Use the kinds of condition wherever there is one."


def provoke():
    line = "value < 1" + " || value < 2" * 49
    triggers = "".join(
        f"  t{n}: {{when: {{expression: '{line}'}}, then: {{record: noted}}}}\n" for n in range(68)
    )
    return rules(f"statuses: {{red: {{}}, green: {{}}}}\nstatus_from: declared\ntriggers:\n{triggers}")
