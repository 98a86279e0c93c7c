"""Programs to compare the engine's speed with: the plain Python oracle and a C++ event simulation."""
