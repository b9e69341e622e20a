"""The ordinary executor: one statement a root field, keyed by response keys; GraphQL completes the answer."""
