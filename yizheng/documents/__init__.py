"""Papers and sheets: the official layout for Word, Excel in and out, files to be saved, imports
in two steps.
"""
