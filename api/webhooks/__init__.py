"""Telling others what happened, by Standard Webhooks 1.0."""
