"""Pages for paper: PDF from values that are already worked out, and charts that pages draw as well."""

from openback.printing.drawing import line_chart
from openback.printing.month import month_pdf
from openback.printing.programme import programme_pdf
from openback.printing.svg import svg

__all__ = ["line_chart", "month_pdf", "programme_pdf", "svg"]
