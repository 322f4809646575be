"""The Python that decides a status, written from the IR: only numbers of the bands, and our own words, ever stand in it.

Nothing is divided and little is multiplied. `percent_from_target` asks whether 100 · (n − r) ≥ e · |r|, where n is the
figure and r its target (both times the denominator): for r above zero that is n ≥ r · (1 + e/100), one product with
a constant. Where lower is better, or r lies below zero, the comparison or the constant turns round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, Rounded

from rules.exact import EXACT, HUNDRED, ONE
from rules.generated_distance import SHORT
from rules.ir import Band, Compare, Edge, RuleSet

Side = Callable[[Edge, bool], str]
"""Whether a compared value lies on the right side of an edge (True: a lower one), as an expression."""

YES, NO = "True", "False"


_BEGINS = ("def judged(case):", "    try:")
_ENDS = ("    except Rounded:", "        return at_length(case)", "")


class Source:
    """The lines of one function, and the constants they name."""

    def __init__(self, rules: RuleSet, compare: Compare, *, alone: bool = False) -> None:
        self.rules = rules
        self.compare = compare
        self.alone = alone
        """Whether the verdict is all that is wanted."""
        self.constants: dict[str, Decimal] = {}
        self._names: dict[str, str] = {}
        self.lines: list[str] = []

    def text(self) -> str:
        """The whole function: a case in, and out what `answer` makes of its verdict, figure, denominator and target.

        A case whose numbers are too long for `rules.generated_distance.SHORT` is answered `at_length`.
        """
        self._figure()
        if self.compare.round_to is not None:
            self._rounded()
        elif self.compare.use == "value":
            self._by_itself()
        else:
            self._against_target()
        return "\n".join((*_BEGINS, *self.lines, *_ENDS))

    def answer(self, verdict: str, n: str = "n", d: str = "d", r: str = "r") -> str:
        """The line that ends it."""
        return f"return {verdict}" if self.alone else f"return answer(case, {verdict}, {n}, {d}, {r})"

    def add(self, depth: int, line: str) -> None:
        """A line."""
        self.lines.append("    " * (depth + 1) + line)

    def constant(self, number: Decimal) -> str:
        """The name under which a number stands in the table of constants."""
        name = self._names.setdefault(str(number), f"K{len(self._names)}")
        self.constants[name] = number
        return name

    # the figure and what it is set against -----------------------------------------------------------------------
    def _figure(self) -> None:
        for depth, line in (
            (1, "n = case.numerator"),
            (1, "d = case.denominator"),
            (1, "if n is None or d is None:"),
            (2, "d = None"),
            (2, "n = case.value"),
            (2, "if n is None:"),
            (3, self.answer("no_data", "None", "None", "None")),
            (1, "else:"),
            (2, "if not d:"),
            (3, self.answer("zero_denominator", "None", "None", "None")),
            (2, "if d < ZERO:"),
            (3, "n, d = -n, -d"),
            (2, "if case.measured_in == 'percent':"),
            (3, "n = mul(n, HUNDRED)"),
            (1, "polarity = case.polarity"),
            (1, "target = case.target"),
        ):
            self.add(depth, line)
        if self.rules.uses_tolerance:
            self.add(1, "tolerance = None if target is None else target.tolerance")
            own = self.compare.tolerance
            if own is not None:
                self.add(1, f"if tolerance is None: tolerance = {self.constant(own)}")

    def _by_itself(self) -> None:
        better, other = (self.compare.better, "lower" if self.compare.better == "higher" else "higher")
        self.add(1, f"if polarity != {better!r}:")
        turned = self.answer("other_polarity", r="None")
        self.add(2, f"if polarity == {other!r} or polarity == 'in_band': {turned}")
        self.add(2, self.answer("no_polarity", r="None"))
        self.add(1, "r = None")
        self._floor(1, better)
        self.add(1, "if d is None:")
        self._chain(2, self._whole("n"), better)
        self._chain(1, self._fraction("n"), better)

    def _rounded(self) -> None:
        self.add(1, "found = compared(case, n, d)")
        self.add(1, f"if found.__class__ is str: {self.answer('unrated[found]', r='None')}")
        self.add(1, "a, u = r = found")
        for way in ("higher", "lower", "in_band"):
            self.add(1, f"if polarity == {way!r}:")
            self._floor(2, way)
            self.add(2, "if not u:")
            self._beyond(3, "a", way)
            self._chain(2, self._whole("a"), way)

    def _against_target(self) -> None:
        for way in ("higher", "lower"):
            self.add(1, f"if polarity == {way!r}:")
            self._of_percent(2)
            self.add(2, "goal = None if target is None else target.value")
            self.add(2, f"if goal is None: {self.answer('no_target', r='None')}")
            self.add(2, "r = goal if d is None else mul(goal, d)")
            self._one_way(2, way, way)
        self.add(1, f"if polarity != 'in_band': {self.answer('no_polarity', r='None')}")
        self._of_percent(1)
        self._band_wanted()

    def _of_percent(self, depth: int) -> None:
        if self.compare.use == "percent_points":
            self.add(depth, f"if case.measured_in != 'percent': {self.answer('not_percent', r='None')}")

    def _band_wanted(self) -> None:
        self.add(1, "if target is None or target.low is None or target.high is None:")
        self.add(2, self.answer("no_target", r="None"))
        for edge, sign, better in (("low", "<", "higher"), ("high", ">", "lower")):
            self.add(1, f"r = target.{edge} if d is None else mul(target.{edge}, d)")
            self.add(1, f"if n {sign} r:")
            self._one_way(2, better, "in_band")
        self.add(1, "r = None")
        self._chain(1, self._level, "in_band")

    def _one_way(self, depth: int, better: str, polarity: str) -> None:
        """Set n against r, where the better values are the higher, or the lower, ones."""
        self._floor(depth, polarity)
        if self.compare.use == "percent_from_target":
            self.add(depth, "if r > ZERO:")
            self._chain(depth + 1, self._share(better, positive=True), polarity)
            self.add(depth, "if r < ZERO:")
            self._chain(depth + 1, self._share(better, positive=False), polarity)
            self.add(depth, "if n == r:")
            self._chain(depth + 1, self._level, polarity)
            self._beyond(depth, "n", polarity, falling=better == "lower")
            return
        self.add(depth, "a = sub(n, r)" if better == "higher" else "a = sub(r, n)")
        self.add(depth, "if d is None:")
        self._chain(depth + 1, self._whole("a"), polarity)
        self._chain(depth, self._fraction("a"), polarity)

    def _beyond(self, depth: int, name: str, polarity: str, *, falling: bool = False) -> None:
        """A percentage of nothing lies above every number or below every number."""
        self.add(depth, f"if {name} {'<' if falling else '>'} ZERO:")
        self._chain(depth + 1, lambda edge, lower: YES if lower else NO, polarity)
        self._chain(depth, lambda edge, lower: NO if lower else YES, polarity)

    def _floor(self, depth: int, polarity: str) -> None:
        """`missed`: None where no floor is set."""
        if not self.rules.uses_floor or polarity == "in_band":
            return
        worse = "<" if polarity == "higher" else ">"
        self.add(depth, "missed = None if target is None else target.floor")
        self.add(
            depth, f"if missed is not None: missed = n {worse} (missed if d is None else mul(missed, d))"
        )

    # one side of one edge ----------------------------------------------------------------------------------------
    def _share(self, better: str, *, positive: bool) -> Side:
        up = (better == "higher") == positive
        rises = better == "higher"

        def side(edge: Edge, lower: bool) -> str:
            if edge.tolerance:
                grows = (edge.tolerance > 0) == up
                part = f"mul(r, {'add' if grows else 'sub'}(ONE, mul(tolerance, CENT)))"
            else:
                share = edge.at.scaleb(-2, EXACT)
                times = EXACT.add(ONE, share) if up else EXACT.subtract(ONE, share)
                part = "r" if times == ONE else f"mul(r, {self.constant(times)})"
            return f"n {_sign(edge, lower == rises)} {part}"

        return side

    def _whole(self, name: str) -> Side:
        return lambda edge, lower: f"{name} {_sign(edge, lower)} {self._place(edge)}"

    def _fraction(self, name: str) -> Side:
        return lambda edge, lower: f"{name} {_sign(edge, lower)} mul({self._place(edge)}, d)"

    def _level(self, edge: Edge, lower: bool) -> str:
        if edge.tolerance:
            return f"ZERO {_sign(edge, lower)} {self._place(edge)}"
        if edge.at == 0:
            return YES if edge.inclusive else NO
        return YES if (edge.at < 0) == lower else NO

    def _place(self, edge: Edge) -> str:
        if edge.tolerance:
            return "tolerance" if edge.tolerance > 0 else "tolerance.copy_negate()"
        return self.constant(edge.at)

    # the bands, in order -----------------------------------------------------------------------------------------
    def _chain(self, depth: int, side: Side, polarity: str) -> None:
        """Every band in turn; the first that matches decides. Ends by itself, whatever the value."""
        for index, band in enumerate(self.rules.bands):
            if self._one(depth, index, band, side, polarity):
                return
        self.add(depth, "raise AssertionError('the bands of a checked pack cover every value')")

    def _one(self, depth: int, index: int, band: Band, side: Side, polarity: str) -> bool:
        """Answers whether nothing can get past this band."""
        always, start = True, depth
        for edge, lower in _edges(band):
            if edge.tolerance:
                self.add(depth, f"if tolerance is None: {self.answer('no_tolerance')}")
            holds = side(edge, lower)
            if holds == NO:
                if depth > start:
                    self.add(depth, "pass")
                return False
            if holds != YES:
                self.add(depth, f"if {holds}:")
                depth += 1
                always = False
        decided = self.answer(f"band{index}")
        if not band.floor:
            self.add(depth, decided)
            return always
        if polarity == "in_band":
            self.add(depth, self.answer("no_floor") if band.floor == "met" else "pass")
            return always and band.floor == "met"
        if band.floor == "met":
            self.add(depth, f"if missed is None: {self.answer('no_floor')}")
            self.add(depth, f"if not missed: {decided}")
        else:
            self.add(depth, f"if missed: {decided}")
        return False


def _edges(band: Band) -> Iterator[tuple[Edge, bool]]:
    if band.lower is not None:
        yield band.lower, True
    if band.upper is not None:
        yield band.upper, False


def _sign(edge: Edge, above: bool) -> str:
    return f"{'>' if above else '<'}{'=' if edge.inclusive else ''}"


CENT = ONE.scaleb(-2)
NAMES = {
    "ZERO": Decimal(0),
    "ONE": ONE,
    "HUNDRED": HUNDRED,
    "CENT": CENT,
    "Rounded": Rounded,
    "mul": SHORT.multiply,
    "sub": EXACT.subtract,
    "add": EXACT.add,
}
"""What the code may name beside its verdicts and constants."""
