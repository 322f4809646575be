"""More bands than a scale has that people can read."""

from tests.errors.provoke import rules

SAYS = "There are more than 100 bands."
FIX = "A scale that people can read has fewer."


def provoke():
    bands = "".join(f"  - {{status: red, at_least: {n}}}\n" for n in range(101))
    return rules(f"statuses: {{red: {{}}, green: {{}}}}\ncompare_by: value\nbands:\n{bands}")
