"""Names of the parts of a proposal's draft that are no section of questions; "@" keeps them apart from the sections' keys."""

COSTS = "@costs"  # the part, and the rows of the cost table among its values
MINIMUM = "@minimum"  # the least sum the project can be made with
