"""Figures with the lists behind them, the annual report, and the check of texts against
the records.
"""
