"""How the application is served, in production and in development alike."""

UVICORN = ("uvicorn", "api.app:create_app", "--factory", "--http", "api.connections:PunctualProtocol")
"""What follows `python -m`."""
