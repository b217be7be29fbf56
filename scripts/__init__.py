"""Set-up of a development machine. Standard library only: it runs before anything is installed."""
