"""Public-opinion information: what reporters write, its edition, its issues, where it was sent and
what came of it.
"""
