"""Features: numbers about a customer as of a day, made by the SQL files of this folder."""
