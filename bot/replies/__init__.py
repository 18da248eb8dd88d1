"""What was typed: from a phone message to figures, questions and words. Pure.

Knows: Vietnamese numerals, the form's labels, what was asked last.
Does not know: who wrote, over which channel, or what is stored anywhere else.
"""
