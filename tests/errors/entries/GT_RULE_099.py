"""Rules that are wrong as a whole."""

from tests.errors.provoke import rules

SAYS = "More than 100 things are wrong with these rules; the rest was not looked at."
FIX = "Mend these first, and check again."


def provoke():
    words = ", ".join(f"purple{n}" for n in range(101))
    triggers = f"triggers: {{t: {{when: {{status: [{words}]}}, then: {{record: noted}}}}}}\n"
    return rules(f"statuses: {{red: {{}}, green: {{}}}}\nstatus_from: declared\n{triggers}")
