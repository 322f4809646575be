"""The reading side: what people ask a book, answered as frozen values that a surface only has to render.

Nothing here writes, prints or knows SQL. Every query takes the `Engine`; `at` is a log position (None: now), so
that any answer can be given as it was known then: ``at = store.position_at(end_of_day)``. Reads are by set, never a
query per row. People and texts appear by id and reference in facts; `Names` turns them into words:
``names = Names.of(office)``, or `Names()` to show ids as they are.

======================  ==========================================================================================
`names`                 ``Names(people, texts)``, ``Names.of(office)``
`references`            ``parse_reference(text) -> FigureRef | SeriesRef | MatterRef | EventRef``,
                        ``find_intervention(engine, text, at=None) -> MatterRef``: INT-0042, 42 or CH04/childrens#1,
                        ``find_matter(engine, text, at=None, *, workflow=None)``: decision-0042, decision/CH04/childrens#1
`dashboard`             ``dashboard(engine, *, period=None, at=None, today=None) -> Dashboard``
`tasks`                 ``tasks(engine, today, *, person=None, at=None, names=Names()) -> list[Task]``
`explain`               ``explain(engine, text, today, *, names, at=None) -> Explanation``: whatever the reference names
`explain_figure`        ``explain_figure(engine, FigureRef, *, names, at=None) -> Explanation``
`explain_trigger`       ``explain_trigger(engine, FigureRef, trigger=None, *, names, at=None) -> Explanation``
`explain_matter`        ``explain_matter(engine, MatterRef, today, *, names, at=None) -> Explanation``
`explain_deadline`      ``explain_deadline(engine, MatterRef | FigureRef, today, deadline=None, *, names, at=None)``
`matters`               ``matters(engine, today, *, workflow=None, ended=False, body=None, indicator=None, service=None, at=None)``
                        ``-> list[MatterLine]``; ended None: both
`matter`                ``matter(engine, MatterRef, today, *, names, at=None) -> MatterStory``
`calendar`              ``next_deadlines(engine, today, until, *, at=None) -> list[CalendarEntry]``,
                        ``bank_holidays(engine, year) -> BankHolidays``
`register`              ``indicators(engine, *, at=None, word=None) -> list[IndicatorLine]``,
                        ``services(engine, *, at=None) -> list[ServiceLine]``, ``targets(engine, indicator, *, names, at=None)``
                        ``-> list[TargetLine]``, ``meetings(engine, *, body=None, since=None, at=None) -> list[MeetingLine]``
`people`                ``people(engine, on, *, names, at=None) -> list[PersonLine]``
`packs`                 ``pack_history(engine, *, names, at=None) -> list[PackLine]``
`log`                   ``show``, ``search``, ``stream``, ``tail``, ``trace``: facts as sentences
`sentences`             ``sentence(fact, names) -> str``: one function a fact type
`doctor`                ``doctor(engine, now, *, names=Names()) -> list[Finding]``
`blind_spots`           ``blind_spots(engine, *, at=None, least=3, names=…) -> list[BlindSpot]``
======================  ==========================================================================================

Numbers are returned both exactly (as text) and as shown (`shown`, with the indicator's decimals and unit); what is
missing is shown as "–", never as 0. Statuses are words with a label and a colour. Days are `date`, instants `Instant`.
"""
