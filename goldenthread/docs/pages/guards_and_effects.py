"""`docs/reference/guards-and-effects.md`: what a workflow's steps can be tied to, and what they can mean."""

from __future__ import annotations

from collections.abc import Iterator

from engine.matters.effects import EFFECTS as FACTS
from engine.matters.effects import Taken
from engine.react import LISTENERS
from engine.states.series import Standing
from events.kinds.figures import FigureEntered
from events.kinds.workflow import FieldValue, Move
from events.schema import NAMES, type_of
from goldenthread.docs import markdown
from workflows.decide import Decision
from workflows.effects import EFFECTS
from workflows.schema import guards


def page() -> str:
    """The whole page."""
    return markdown.page(
        "Guards and effects",
        "`workflows/guards.py`, `workflows/effects.py` and `engine/react.py`",
        "Workflows are data; what they can ask for and what they can bring about are two closed lists. A name that is not"
        " on them is an error of the pack.",
        "## Guards",
        'A step may be tied to guards: `only_when: [{guard: recovered_or_waived, else: "The indicator is still {status}."}]`.'
        " Where one does not hold, the step is refused with the sentence under `else`, together with every other reason.",
        markdown.table(
            ("guard", "holds when"),
            ((markdown.code(name), words) for name, words in guards().items()),
        ),
        "## Effects",
        "A step may name one effect. Rules and reactions listen to effects, never to the names of steps, so a council may"
        " call its steps as it likes. A step without an effect is recorded as `step.taken`, and the one that begins a"
        " matter as `matter.begun`.",
        markdown.table(("effect", "meaning", "the step must need", "recorded as"), _effects()),
        "## What follows by itself",
        "After a command is decided, these facts have consequences, in the same transaction.",
        markdown.table(
            ("fact", "what follows"),
            (
                (_link(NAMES[event]), markdown.prose(listener.__doc__ or ""))
                for event, listener in LISTENERS.items()
            ),
        ),
    )


def _effects() -> Iterator[tuple[str, str, str, str]]:
    for name, effect in EFFECTS.items():
        needs = ", ".join(markdown.code(f"{field}: {kind}") for field, kind in effect.needs.items())
        yield markdown.code(name), effect.words, needs, _link(recorded_as(name))


def recorded_as(effect: str) -> str:
    """The type of fact that a step with this effect becomes: one is made, and asked."""
    move = Move(workflow="", subject="2026-Q1", step="", source="", target="")
    entry = FigureEntered(move=move, period="2026-Q1", revision=1)
    fields: dict[str, FieldValue] = {"reason": "text:", "comment": "text:"}
    taken = Taken(
        decision=Decision(move=move, fields=fields, effect=effect),
        figure=None,
        standing=Standing(entry=(entry, "series/A/b@1")),
    )
    return type_of(FACTS[effect](taken))


def _link(name: str) -> str:
    return f"[`{name}`](events.md#{markdown.anchor(name)})"
