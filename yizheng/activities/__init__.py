"""Activities: the annual plan, what is held, who is on its list and who came, what is said there
and what comes of it.
"""
