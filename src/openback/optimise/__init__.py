"""Mixed-integer models: columns, rows and gains by name, and the solver that takes them."""
