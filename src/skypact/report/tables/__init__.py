"""Every table, built once from what was studied; the terminal and the report show the same ones.

A function here takes the material of a study, or a document, and gives a `skypact.report.table.Table`, or
None where it has nothing to show.
"""
