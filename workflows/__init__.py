"""How judgements become obligations: workflow definitions, their interpreter, and deadlines.

Pure: no clock, no chance, no reading or writing. What is needed from outside comes in as `Surroundings`.
"""
