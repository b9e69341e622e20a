"""Processes: HTTP application, worker, command line, settings, wiring."""
