"""The command `yizheng`, and the programs that write the generated docs, schemas and
translations.
"""
