"""Pages of figures: the dashboard, the list behind each number, the annual report, the check of a
text.
"""
