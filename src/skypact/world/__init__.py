"""The world: the shape of the Earth, recognised borders, and where places lie."""
