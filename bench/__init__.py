"""Programs to compare the engine's speed with: the SimPy oracle and a C++ event simulation."""
