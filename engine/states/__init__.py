"""What the engine remembers of a stream: one small state per noun, folded from its facts.

A state is thrown away and folded again whenever that is simpler; nothing is decided on anything else.
"""
