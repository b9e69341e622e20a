"""What a reader is told when a request cannot be turned into a statement."""

from graphql import GraphQLError


class BadRequest(GraphQLError):
    """The request is wrong whatever the rows are. `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, extensions={"code": code})
