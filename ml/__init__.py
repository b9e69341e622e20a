"""Features, training, scoring, reasons and the registry of models."""
