"""The portal: home of every role, the public site, the audit page, and the shell around
every page.
"""
