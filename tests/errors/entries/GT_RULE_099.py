"""Rules that are wrong as a whole."""

from tests.errors.provoke import rules

SAYS = "More than 100 things are wrong with these rules; the rest was not looked at."
FIX = "Mend these first, and check again."


def provoke():
    bands = "".join(f"  - {{status: purple, at_least: {n}}}\n" for n in range(101))
    return rules(f"statuses: {{red: {{}}, green: {{}}}}\ncompare_by: value\nbands:\n{bands}")
