"""The process that does the slow work."""
