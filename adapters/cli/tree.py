"""Every command with its help in a line, and where it is found: help can be given without importing one of them."""

from __future__ import annotations

from functools import cache

from adapters.cli.lazy import Branch, Entry

_HERE = "adapters.cli.commands"

_NOUNS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "pack": (
        "The council's framework: what is judged how, and what follows.",
        {
            "list": ("pack:list_packs", "The packs that come with the product."),
            "show": ("pack:show", "What a pack says, in plain words."),
            "check": ("pack_check:check", "Every problem of a pack, each at its line."),
            "test": ("pack_check:test", "Run a pack's own tests."),
            "schema": ("pack_check:schema", "The shape of pack.yaml, for editors."),
            "diagram": ("pack:diagram", "A workflow of a pack as a Mermaid diagram."),
            "propose": ("pack_adopt:propose", "Put a pack forward for adoption."),
            "adopt": ("pack_adopt:adopt", "Approve the pack that was put forward, as another person."),
            "step": ("pack_steps:step", "A body notes the pack that was put forward, or endorses it."),
            "assumptions": ("pack_steps:list_assumptions", "What a pack rests on, and who initialled it."),
            "initial": ("pack_steps:initial", "Initial assumptions of the pack that was put forward."),
            "minute": ("pack_steps:minute", "Note where a body's decision about a pack is minuted."),
            "rejudge": ("pack_adopt:rejudge", "Go on judging again after an adoption."),
            "decline": ("pack_adopt:decline", "Turn the pack down that was put forward."),
            "history": ("pack:history", "Which packs were proposed, adopted and declined, by whom."),
        },
    ),
    "person": (
        "The people of the book.",
        {
            "add": ("person:add", "Make a person known."),
            "list": ("person:list_people", "Everybody, with the roles they hold."),
        },
    ),
    "role": (
        "Who holds which role, from when until when.",
        {
            "assign": ("role:assign", "Give a person a role."),
            "end": ("role:end", "End a role after a last day."),
            "list": ("role:list_roles", "Every role that is held, by whom."),
        },
    ),
    "delegate": (
        "Who stands in for whom, from when until when.",
        {
            "add": ("delegate:add", "Let a person take steps for another."),
            "end": ("delegate:end", "End a delegation after a last day."),
            "list": ("delegate:list_delegations", "Who stands in for whom."),
        },
    ),
    "absence": (
        "Who is away, from when until when.",
        {
            "add": ("absence:add", "Note that somebody is away."),
            "end": ("absence:end", "Note the last day on which somebody was away."),
            "list": ("absence:list_absences", "Who is away, and who stands in."),
        },
    ),
    "service": (
        "The council's tree of services.",
        {
            "add": ("service:add", "Add a service."),
            "list": ("service:list_services", "Every service."),
        },
    ),
    "indicator": (
        "The register of indicators.",
        {
            "add": ("indicator:add", "Add an indicator."),
            "amend": ("indicator:amend", "Change what an indicator's figures may be."),
            "list": ("indicator:list_indicators", "Every indicator."),
            "show": ("indicator:show", "One indicator, with its targets."),
        },
    ),
    "target": (
        "Targets of indicators.",
        {
            "set": ("target:set_target", "Set a target from a period on."),
            "profile": ("target:profile", "Set a target for each of several periods."),
            "trajectory": ("target:trajectory", "Set a straight way from one target to another."),
            "history": ("target:history", "Every target an indicator has had."),
        },
    ),
    "meeting": (
        "Meetings of bodies: most deadlines of a body are its next meeting.",
        {
            "add": ("meeting:add", "Enter a day on which a body meets."),
            "cancel": ("meeting:cancel", "Take a meeting back."),
            "list": ("meeting:list_meetings", "Meetings entered."),
        },
    ),
    "figure": (
        "Figures: entered by one person, confirmed by another.",
        {
            "enter": ("figure:enter", "Enter a figure."),
            "confirm": ("figure:confirm", "Confirm a figure that somebody else entered."),
            "comment": ("figure:comment", "Say something about a figure."),
            "query": ("figure:query", "Send a figure back with a question."),
            "answer": ("figure:answer", "Answer the question with which a figure was sent back."),
            "none": ("figure:none", "Say that there is no figure, and why."),
            "restate": ("figure:restate", "Put a corrected figure forward."),
            "approve-restatement": ("figure:approve_restatement", "Approve a corrected figure."),
            "withdraw-restatement": ("figure:withdraw_restatement", "Take one's own restatement back."),
            "decline-restatement": ("figure:decline_restatement", "Turn a corrected figure down."),
            "final": ("figure:final", "Make a provisional figure final."),
            "override": ("figure_override:override", "Set a status in place of the computed one."),
            "end-override": ("figure_override:end_override", "Let the computed status count again."),
            "show": ("figure_record:show", "A figure, or one derived from others."),
            "history": ("figure_record:history", "Every revision of a figure."),
            "provisional": ("figure_record:provisional", "Figures that wait to be made final."),
            "import": ("figure_import:import_return", "Take in a return from a CSV file."),
            "template": ("figure_template:template", "Write the CSV file to fill in for a period."),
            "load-history": ("figure_history:load_history", "Put figures from before the book forward."),
            "confirm-return": ("figure_return:confirm_return", "Confirm a whole return at once."),
        },
    ),
    "period": (
        "Periods on their way to being closed, and their frozen reports.",
        {
            "list": ("period:list_periods", "Periods that are closed."),
            "show": ("period:show", "What is in, what is missing, who owes it, and by when."),
            "close": ("period:close", "Freeze the report of a period."),
            "report": ("period:report", "The report as it was frozen, and what has changed since."),
        },
    ),
    "trigger": (
        "Triggers of a series that are muted for a while.",
        {
            "mute": ("trigger:mute", "Let nothing follow from a trigger of a series up to a day."),
            "unmute": ("trigger:unmute", "Take a mute back before its last day."),
            "list": ("trigger:list_mutes", "What is muted, by whom, until when and why."),
        },
    ),
    "import": (
        "Files that were imported, and historic loads that wait for approval.",
        {
            "list": ("imports:list_imports", "Every file that was imported or put forward."),
            "show": ("imports:show", "One import, and what became of it."),
            "file": ("imports:give_back", "Give back the file as it came."),
            "approve": ("imports:approve", "Approve a historic load that somebody else put forward."),
            "decline": ("imports:decline", "Turn a historic load down."),
            "give-up": ("imports:give_up_import", "Give up what is left of an import or an approved load."),
        },
    ),
    "intervention": (
        "What a body decided about a matter, and what became of it.",
        {
            "list": ("intervention:list_interventions", "Interventions that are open."),
            "show": ("intervention:show", "One intervention from its beginning."),
            "propose": ("intervention_steps:propose", "Ask a body to decide what is to be done."),
            "answer": ("intervention_steps:answer", "The body answers with a report-back category, with or without menu items."),
            "leave-with-service": ("intervention_steps:leave_with_service", "The body leaves it with the service until a review."),
            "decline": ("intervention_steps:decline", "The body decides that nothing is to be done, and why."),
            "report": ("intervention_steps:report", "The service reports back."),
            "continue": ("intervention_steps:go_on", "The body wants another report."),
            "move": ("intervention_steps:move", "Move the matter to another rung of the ladder."),
            "waive": ("intervention_steps:waive", "The body accepts that the indicator has not recovered."),
            "ask-extension": ("intervention_steps:ask_extension", "The service asks for more time."),
            "agree-extension": ("intervention_steps:agree_extension", "The body agrees to more time."),
            "close": ("intervention_steps:close", "The body closes the matter."),
            "take": ("intervention_steps:take", "Take any step of the pack's workflow, by its name."),
        },
    ),
    "matter": (
        "Whatever the pack's workflows ask for: decisions, requirements, and interventions among them.",
        {
            "list": ("matter:list_matters", "Matters that are open, and what is due next."),
            "show": ("matter:show", "One matter from its beginning, and what can be done now."),
            "begin": ("matter:begin", "Begin a matter by hand."),
            "take": ("matter:take", "Take a step of a matter."),
            "batch": ("matter_batch:batch", "Take many steps from a file, all or none."),
            "round": ("matter_suite:take_round", "Take a step for every KPI: an audit of all of them."),
            "minute": ("matter_minute:minute", "Note where a body's decision is minuted."),
            "minutes": ("matter_minute:list_minutes", "Decisions whose minute is not known yet."),
        },
    ),
    "task": (
        "What is to be done, by whom.",
        {
            "list": ("task:list_tasks", "Tasks, with their dates."),
            "done": ("task:done", "Say that a consequence which was refused has been dealt with."),
        },
    ),
    "calendar": (
        "Deadlines and bank holidays.",
        {
            "next": ("calendar:coming", "What is due next."),
            "holidays": ("calendar:holidays", "The bank holidays that are counted with."),
        },
    ),
    "log": (
        "The record: every fact, in the order it was recorded.",
        {
            "show": ("log:show", "One fact, whole."),
            "search": ("log:search", "Facts by who, when, what and about what."),
            "stream": ("log:stream", "The facts of one stream."),
            "trace": ("log:trace", "What led to a fact, and what followed from it."),
            "tail": ("log:tail", "The newest facts."),
        },
    ),
    "audit": (
        "Proof that the record is whole.",
        {
            "verify": ("audit_verify:verify", "Check every fact, and every view against the facts."),
            "duties": ("audit_duties:duties", "Who acted on what they had done themselves, or nearly."),
            "replay": ("audit:replay", "Judge everything again from what was known then, and compare."),
        },
    ),
    "report": (
        "What stands between the lines of the dashboard.",
        {
            "blind-spots": ("report:blind_spots", "What is at the worst status and no trigger has noticed."),
            "kpi-audit": ("report_kpi_audit:kpi_audit", "What the audit of the KPIs came to, and what is outstanding."),
            "data-quality": ("report_quality:data_quality", "Figures that may be wrong, and what to do."),
        },
    ),
    "db": (
        "The book as a database.",
        {
            "rebuild": ("db:rebuild", "Fill the views from the log again, or compare them with it."),
            "migrate": ("db_schema:migrate", "Bring the book's tables to the version of this program."),
            "check": ("db_schema:check", "Look whether the book's tables are as they must be."),
            "grant": ("db_grant:grant", "Let a role of the PostgreSQL server use the book."),
            "to-postgres": ("db_move:to_postgres", "Move the book from its file to a PostgreSQL database."),
            "backup": ("db_backup:backup", "Write a copy of the book to a file, while others work."),
            "restore": ("db_restore:restore", "Put a backup in the place of the book."),
        },
    ),
    "incident": (
        "Deadlines that could not be passed: each is tried again by itself.",
        {
            "list": ("incident:list_incidents", "Incidents that stand."),
            "show": ("incident:show", "One incident: what failed, how often, and when it is tried again."),
            "retry": ("incident:retry", "Try again now, without waiting."),
        },
    ),
    "clock": (
        "The clock of the book.",
        {"correct": ("clock:correct", "Accept that the record ran ahead of a clock that was put right.")},
    ),
}  # fmt: skip

_TOP: dict[str, tuple[str, str]] = {
    "init": ("init:init", "Open a council's book with two people and a pack."),
    "demo": ("demo:demo", "Make a book to play with, years of a council's figures in it."),
    "doctor": ("doctor:doctor", "Look over the book, the clock and the machine."),
    "explain": ("explain:explain", "Why a figure has its status, or why something is due."),
    "dashboard": ("dashboard:dashboard", "Every indicator's status, period by period."),
    "tick": ("tick:tick", "Let time pass: everything due happens, once."),
    "worker": ("worker:worker", "Let time pass for as long as it runs: a tick every half minute."),
    "health": ("health:health", "Whether somebody has to be woken: one line for each alarm."),
}

_ORDER = (
    "init", "demo", "doctor", "dashboard", "explain", "task", "figure", "period", "import", "intervention", "matter", "trigger", "calendar", "tick",
    "worker", "health", "incident",
    "pack", "indicator", "target", "service", "person", "role", "delegate", "absence", "meeting", "log", "audit", "report", "db", "clock",
)  # fmt: skip


@cache
def root_branch() -> Branch:
    """The whole tree; nothing that a command is called with stays in it."""
    entries: dict[str, Entry] = {
        **{name: (f"{_HERE}.{where}", help_) for name, (where, help_) in _TOP.items()},
        **{name: _branch(name, help_, verbs) for name, (help_, verbs) in _NOUNS.items()},
    }
    return Branch(
        "goldenthread",
        entries={name: entries[name] for name in _ORDER},
        help="Figures in, obligations out: every decision explained and provable.",
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog="Everything is told on stdout, everything beside it on stderr. "
        "'goldenthread COMMAND --help' says more.",
    )


def _branch(name: str, help_: str, verbs: dict[str, tuple[str, str]]) -> Branch:
    entries: dict[str, Entry] = {verb: (f"{_HERE}.{where}", said) for verb, (where, said) in verbs.items()}
    return Branch(name, entries=entries, help=help_)
