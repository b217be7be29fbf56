"""`python -m openback`."""

from openback.cli import main

if __name__ == "__main__":
    main()
