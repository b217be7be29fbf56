"""The report of a clip as one page that needs nothing else: opened from disk, sent on, printed."""

from openback.web.clip_report.page import report_html

__all__ = ["report_html"]
