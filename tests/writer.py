"""A process that keeps sets as fast as it can and says which were acknowledged; made to be killed.

    python writer.py ADDRESS FIRST_NUMBER

Every line on standard output is the number of a set whose keeping returned.
"""

from __future__ import annotations

import sys
from itertools import count

from openback.storage import open_store
from storing import ME, a_session, a_set


def main() -> None:
    address, first = sys.argv[1], int(sys.argv[2])
    with open_store(address) as store:
        session = a_session(first)
        for number in count(first):
            store.put_set(ME, a_set(number, session=session, reps=number % 30, note=f"set {number}"))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
