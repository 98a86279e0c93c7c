"""The what-if in the browser: pages and an API on top of the library's functions.

Nothing here computes: every number comes from what ``import skypact`` gives.
"""
