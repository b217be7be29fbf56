"""Pages for paper: PDF from values that are already worked out."""
