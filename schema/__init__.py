"""The GraphQL contract: types, permissions, documents and the read engine."""
