"""Venues where members serve: who serves when, what hangs on the wall, who came and
what was raised.
"""
