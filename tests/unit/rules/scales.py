"""Scales of real councils, as they are written in a pack."""

from __future__ import annotations

from tests.unit.rules.given import SCALE

READING = (
    SCALE
    + """
compare_by: {use: value, better: higher}
bands:
  - {status: red, at_most: 25}
  - {status: amber, at_most: 75}
  - {status: green}
"""
)

KENT = (
    SCALE
    + """
compare_by: percent_from_target
bands:
  - {status: green, at_least: 0}
  - {status: amber, floor: met}
  - {status: red}
"""
)

EAST_RIDING = """
statuses: {triangle: {}, circle: {}, star: {}}
compare_by: {use: percent_from_target}
bands:
  - {status: star, above: tolerance}
  - {status: circle, at_least: -tolerance}
  - {status: triangle}
"""

MAIDSTONE = """
statuses: {no_data: {label: No data, points: -0.25}, basecamp: {points: 0}, firstbase: {points: 1}, summit: {points: 3}}
compare_by: {use: percent_from_target, better: positive, round_to: 0.1, rounding: half_away_from_zero}
bands:
  - {status: summit, at_least: 0}
  - {status: firstbase, from: -9.9, to: -0.1}
  - {status: basecamp, at_most: -10}
"""

CAMBRIDGESHIRE = """
statuses:
  red: {}
  amber: {}
  green: {}
  blue: {}
  baseline: {judged: no, reason: The first year is the baseline}
  contextual: {judged: no, stands_for: [no_target, no_polarity], reason: Not all indicators have targets.}
compare_by: percent_from_target
bands:
  - {status: blue, above: 5}
  - {status: green, at_least: 0}
  - {status: amber, above: -10}
  - {status: red}
"""
