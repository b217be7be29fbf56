"""The catalogue: reads and checks the data files and a person's own folder; search."""

from openback.catalogue.load import load_catalogue

__all__ = ["load_catalogue"]
