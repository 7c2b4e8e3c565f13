"""An app as somebody would add it: a vote whose round stays sealed, five states.

What it needs outside itself are the lists of apps, addresses, roles and words (`settings.py`,
`urls.py`); `checks.py` is run in a process of its own by `tests/core/test_a_new_app.py`.
"""
