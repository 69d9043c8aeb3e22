"""For tests only: lets them empty tables that the product never empties."""
