"""Placing: where one more unit would help, place by place, and several at once; never another attack."""
