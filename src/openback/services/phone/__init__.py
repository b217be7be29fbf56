"""How a phone reaches the app: addresses of this machine, a certificate for them, a code that pairs it."""
