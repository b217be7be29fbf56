"""Private pictures: kept encrypted, blurred before they are kept, laid over each other.

Arrays and bytes in, arrays and bytes out; only `vault` and `keys` touch the disk and the key store.
"""
