"""Reading what people write: YAML and JSON with line numbers, and every problem at once.

A file is read once into plain data and a tree of marks (`document`), then made into a typed value
(`schema`).  Whatever is wrong with it becomes a `Problem`, one line each; `Problems` carries all of
them to the command line, which prints them and leaves with exit status 2.
"""

from skypact.reading.document import Document, parse_document, read_document, read_text, scan_document
from skypact.reading.problem import Mark, Problem, Problems, Steps, dotted, in_full, nearest, suggest
from skypact.reading.schema import Ref, Strict, pieces, references, walk
from skypact.reading.validate import schema_problems, validate

__all__ = [
    "Document",
    "Mark",
    "Problem",
    "Problems",
    "Ref",
    "Steps",
    "Strict",
    "dotted",
    "in_full",
    "nearest",
    "parse_document",
    "pieces",
    "read_document",
    "read_text",
    "references",
    "scan_document",
    "schema_problems",
    "suggest",
    "validate",
    "walk",
]
