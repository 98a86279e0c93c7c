"""The engine against closed forms. Each check has a false-alarm rate of at most one in a million."""
