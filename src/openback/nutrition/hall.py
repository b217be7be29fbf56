"""stub"""


def kcal_per_kg(fat_kg: float) -> float:
    """Return the energy of a kilogram of weight change at this fat mass (Forbes)."""
    return (9440.727 * fat_kg + 1816.444 * 10.4) / (fat_kg + 10.4)
