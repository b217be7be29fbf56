"""Pages for paper: PDF from values that are already worked out."""

from openback.printing.programme import programme_pdf

__all__ = ["programme_pdf"]
