"""`docs/reference/pack-format.md`: every key of `pack.yaml`, of a workflow and of `tests.yaml`, from the readers' own tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.packs import adoption, closing
from engine.packs.data_quality import CHECKS
from engine.packs.expectations import EXPECTATIONS
from engine.packs.tests_file import GIVEN
from goldenthread.docs import markdown
from goldenthread.docs.pages import expressions
from rules import schema as rules
from rules.reading.sheet import Keys
from workflows import schema as workflows

NEEDED = "needed"

HEAD: Mapping[str, tuple[str, bool]] = {
    "pack": ("Its name, which is also the name of its folder: small letters, digits and hyphens.", True),
    "title": ("The title of the framework as it is printed.", True),
    "version": ("Each change of a pack gets a new one.", True),
    "source": ("The document it is written from.", True),
    "effective": ("`{from: 2008-12-01}`: it judges periods that end on that day or later.", True),
    "assumptions": ("What the source leaves open, and how it is read.", False),
    "workflows": ("The workflows it uses, by name.", False),
    "data_quality": ("Which checks of figures are off, and how far they look.", False),
    "period_close": ("What must be true before a period's report is frozen, and who freezes it.", False),
    "adoption": ("The steps through which the pack comes into force.", False),
}
EFFECTIVE: Mapping[str, tuple[str, bool]] = {
    "from": ("The day, as YYYY-MM-DD.", True),
    "clause": ("Where the source says it.", False),
    "assumption": ("The assumption it rests on.", False),
}
ASSUMPTION: Mapping[str, tuple[str, bool]] = {
    "issue": ("What the source leaves open.", True),
    "reading": ("How the pack reads it.", True),
    "quote": ("The words of the source.", False),
    "alternative": ("How else it could be read.", False),
}
USE: Mapping[str, tuple[str, bool]] = {
    "use": ("`library/name@version`, or `workflows/name@version` in the pack's own folder.", True),
    "with": ("Values for the workflow's parameters.", False),
    "clause": ("Where the source says it.", False),
    "assumption": ("The assumption it rests on.", False),
}


def page() -> str:
    """The whole page."""
    return markdown.page(
        "The format of a pack",
        "the tables that the readers of packs use",
        "A pack is a folder with `pack.yaml`, `tests.yaml` and a `README.md`; workflows of its own stand in its folder"
        " `workflows`. It is YAML 1.2 read strictly: every value is text until the key says what it is, a key may stand"
        " in a block once, and an unknown key is an error with its line. `goldenthread pack check` says what is wrong;"
        " how to write one is told in [Write a pack](../how-to/write-a-pack.md).",
        "Any block may say where it comes from with `clause` (the place in the source) or `assumption` (the name of one"
        " below, several parted by commas); it covers all that stands within.",
        *_head(),
        *_closing_and_adopting(),
        "## Rules",
        *_blocks(),
        *_when(),
        "## People and interventions",
        *_sections(workflows.pack_pages()),
        *_workflows(),
        *_tests(),
    )


def _head() -> tuple[str, ...]:
    return (
        "## The head",
        _plain(HEAD),
        "### effective",
        _plain(EFFECTIVE),
        "### assumptions",
        "One entry for each, by a short name.",
        _plain(ASSUMPTION),
        "### workflows (in the pack)",
        _plain(USE),
        "### data_quality",
        "Each check is on, unless the pack says `off`. How they are used is told in"
        " [Check data quality](../how-to/check-data-quality.md).",
        _checks(),
        markdown.fenced("data_quality: {unchanged: off, outside_usual_range: {periods: 12}}", "yaml"),
    )


def _closing_and_adopting() -> tuple[str, ...]:
    return (
        "### period_close",
        "Without it no period is closed. What stands under `requires` is a word or a block:",
        markdown.table(
            ("word", "meaning"), ((markdown.code(key), words) for key, words in closing.PLAIN.items())
        ),
        _plain({key: (_sentence(each.words), each.required) for key, each in closing.SECTION.items()}),
        "A requirement about a workflow:",
        _plain({key: (_sentence(each.words), each.required) for key, each in closing.SETTLED.items()}),
        markdown.fenced(
            "period_close:\n"
            "  closes: performance_manager\n"
            "  requires:\n"
            "    - figures\n"
            "    - {settled: decision, for_status: red}\n"
            "  with_missing: named\n"
            "  within: 1 month",
            "yaml",
        ),
        "### adoption",
        "Without it one governance lead proposes a pack, and another approves it. What is adopted after it goes by it too.",
        _plain({key: (_sentence(each.words), each.required) for key, each in adoption.SECTION.items()}),
        "A step:",
        _plain({key: (_sentence(each.words), each.required) for key, each in adoption.STEP.items()}),
        "The review:",
        _plain({key: (_sentence(each.words), each.required) for key, each in adoption.REVIEW.items()}),
    )


def _when() -> tuple[str, ...]:
    return (
        "## Conditions",
        "What stands under `when`, `clears_when` and `only_if`. A condition that cannot be decided for want of input does"
        " not fire, and the trigger is shown as not assessed.",
        *_conditions(),
        *expressions.section(),
        "## Unrated",
        "Why a figure can have no rating; the pack may give each cause a status of its own.",
        markdown.table(
            ("cause", "meaning"), ((markdown.code(name), text) for name, text in rules.causes().items())
        ),
    )


def _workflows() -> tuple[str, ...]:
    return (
        "## Workflows",
        "A workflow is a file of its own. `goldenthread pack diagram` draws it. `${name}` stands for a parameter.",
        *_sections(workflows.workflow_pages()),
        "### Types of fields",
        "What may stand under `needs` and `may` of a step.",
        markdown.table(
            ("type", "what is given"),
            ((markdown.code(name), words) for name, words in workflows.field_types().items()),
        ),
    )


def _tests() -> tuple[str, ...]:
    return (
        "## tests.yaml",
        "A list of tests, each with `name`, `given` and `expect`; `goldenthread pack test` runs them. Beside the keys below,"
        " `given` takes the pack's own indicator fields.",
        "### given",
        markdown.table(("key", "meaning"), ((markdown.code(key), words) for key, words in GIVEN.items())),
        "### expect",
        markdown.table(
            ("key", "meaning"), ((markdown.code(key), each.about) for key, each in EXPECTATIONS.items())
        ),
    )


def _checks() -> str:
    return markdown.table(
        ("check", "what it looks for", "options"),
        (
            (
                markdown.code(name),
                check.about,
                " ".join(
                    f"{markdown.code(option)}: {each.about}; {each.default}, from {each.least} to {each.most}."
                    for option, each in check.options.items()
                ),
            )
            for name, check in CHECKS.items()
        ),
    )


def _blocks() -> Iterator[str]:
    for block in rules.blocks():
        yield f"### {block.name if block.name != 'pack' else 'The keys of the rules'}"
        yield block.about
        yield _rules_table(block.keys)
        if block.example:
            yield markdown.fenced(block.example, "yaml")


def _conditions() -> Iterator[str]:
    for kind in rules.conditions():
        yield f"### {kind.name}"
        yield kind.about
        yield _rules_table(kind.keys)
        if kind.inner:
            yield f"Under `{kind.name}`:"
            yield _rules_table(kind.inner)
        yield markdown.fenced(kind.example, "yaml")


def _sections(pages: tuple[workflows.Page, ...]) -> Iterator[str]:
    for each in pages:
        yield f"### {each.name}"
        yield each.about
        yield _plain({key: (_sentence(found.words), found.required) for key, found in each.keys.items()})
        if each.example:
            yield markdown.fenced(each.example, "yaml")


def _rules_table(keys: Keys) -> str:
    return markdown.table(
        ("key", "takes", "", "meaning"),
        (
            (markdown.code(name), key.takes, NEEDED if key.needed else "", key.about)
            for name, key in keys.items()
        ),
    )


def _plain(keys: Mapping[str, tuple[str, bool]]) -> str:
    return markdown.table(
        ("key", "", "meaning"),
        ((markdown.code(key), NEEDED if needed else "", words) for key, (words, needed) in keys.items()),
    )


def _sentence(words: str) -> str:
    first = words.split()[0]
    capital = words if "_" in first or first.endswith(":") else words[0].upper() + words[1:]
    return capital if capital.endswith(".") else f"{capital}."
