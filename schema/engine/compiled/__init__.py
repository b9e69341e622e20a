"""The compiled executor: one statement a document, whose value is the answer's bytes."""
