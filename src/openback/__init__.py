"""Openback: an open-source personal trainer for the upper back."""

__version__ = "0.1.0"
