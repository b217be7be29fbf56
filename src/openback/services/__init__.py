"""Use cases: the only place where catalogue, training, interop and storage meet."""
