"""Expressions: one line in the syntax of CEL, for the questions that no kind of condition asks.

`read_expression` turns a line into a checked tree, with every problem it can find; `value_of` answers it for one
standing. Numbers are exact, names come from one table, nothing is looked up outside it, and what is missing makes
the answer unknown (Kleene). Source of the syntax: the Common Expression Language, github.com/cel-expr/cel-spec.
"""
