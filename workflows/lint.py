"""What a readable workflow can still get wrong: one check a function, every problem collected.

Names that do not resolve are found while reading; these checks look at the whole. A person must be able to
leave every state but the final ones, something must be due wherever the council waits, and nothing that the
product does by itself may fail for want of a field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from events.errors import Problem
from workflows.definition import Definition
from workflows.lints import clocks, collected, fields, paths, people, routes
from workflows.organisation import Organisation

Lint = Callable[[Definition, Organisation], Iterable[Problem]]

LINTS: tuple[Lint, ...] = (
    paths.one_initial_state,
    paths.every_state_is_reachable,
    paths.nothing_leaves_a_final_state,
    paths.no_dead_end,
    paths.an_end_can_be_reached,
    clocks.every_waiting_state_has_a_deadline,
    clocks.no_deadline_in_a_final_state,
    clocks.each_deadline_says_one_length,
    clocks.each_deadline_has_what_it_counts_with,
    clocks.each_item_is_owed_somewhere,
    clocks.restarted_and_extended_clocks_run,
    clocks.what_is_taken_by_itself_can_be,
    clocks.rungs_need_a_ladder,
    fields.the_system_gives_every_required_field,
    fields.effects_have_their_fields,
    fields.what_follows_by_itself_is_by_the_system,
    fields.only_a_series_has_a_window,
    fields.an_extension_needs_a_day,
    fields.a_body_is_named_at_the_start,
    fields.answers_of_the_pack_are_steps,
    routes.the_route_is_asked_for,
    routes.every_route_can_be_taken,
    routes.one_of_several_can_be_named,
    routes.conditions_are_about_fields_there_are,
    people.a_quorum_is_of_several_people,
    people.the_system_is_no_quorum,
    people.no_round_lets_a_bar_lapse,
    people.nobody_is_wanted_and_barred,
    people.the_owner_of_a_step_is_a_person,
    people.somebody_has_taken_what_it_is_the_same_as,
    people.someone_else_leads_on_too,
    collected.what_is_outstanding_is_collected,
    collected.what_is_collected_is_of_a_period,
)
"""Every check, in the order in which problems are told."""


def lint(definition: Definition, organisation: Organisation) -> Iterator[Problem]:
    """Run every check. A definition without exactly one initial state is not looked at further."""
    first, *others = LINTS
    broken = list(first(definition, organisation))
    yield from broken
    if not broken:
        for check in others:
            yield from check(definition, organisation)
