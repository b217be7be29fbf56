"""Training: screening, weekly dose, programme, strength and progression."""
