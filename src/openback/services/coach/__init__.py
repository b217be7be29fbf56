"""The live coach: frames of landmarks from a camera in, what a trainer would say out, while the set goes on."""
