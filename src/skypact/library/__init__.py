"""The library: a few functions to call, and the typed results that they give.

The command line, the report and every page are made of these.  ``import skypact`` gives them all.
"""
