"""What leaves the program for others' tools: maps, moving pictures and tables, each with its units and sources."""
