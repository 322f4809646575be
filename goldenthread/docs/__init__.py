"""The reference pages, written from the code they describe: ``python -m goldenthread.docs`` writes them again.

Each page is a pure function in `pages/` and a line in `pages.PAGES`. With ``--check`` nothing is written, and a page
that differs by one byte is an error: so a page cannot say what is not so.
"""
