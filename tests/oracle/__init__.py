"""An independent implementation of the reference model, and the comparison of the engine with it."""
