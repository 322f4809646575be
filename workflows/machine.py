"""One `transitions` machine per definition: it validates and lists the legal moves. State itself is a fold."""

from __future__ import annotations

from transitions import Machine

from workflows.definition import NOTHING, SAME, Definition, Step

_KEPT = 256
_machines: dict[str, Machine] = {}
_legal: dict[tuple[str, str], tuple[Step, ...]] = {}


def machine(definition: Definition) -> Machine:
    """The machine of a definition, built once per digest; it has no model, since instances are folds."""
    found = _machines.get(definition.digest)
    if found is None:
        found = Machine(
            model=None,
            states=[state.name for state in definition.states],
            initial=definition.initial,
            transitions=[
                {
                    "trigger": step.name,
                    "source": list(step.source),
                    "dest": "=" if step.target == SAME else step.target,
                }
                for step in definition.steps
                if NOTHING not in step.source
            ],
            auto_transitions=False,
        )
        if len(_machines) >= _KEPT:
            _machines.clear()
            _legal.clear()
        _machines[definition.digest] = found
    return found


def legal_moves(definition: Definition, state: str) -> tuple[Step, ...]:
    """The steps that can be taken in a state, in the order of the definition."""
    key = definition.digest, state
    found = _legal.get(key)
    if found is None:
        legal = set(machine(definition).get_triggers(state))
        found = tuple(step for step in definition.steps if step.name in legal)
        _legal[key] = found
    return found
