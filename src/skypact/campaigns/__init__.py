"""Campaigns: recorded nights in a row, stocks carried over, decisions with dates."""
