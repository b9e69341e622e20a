"""Numbers in addresses, however long they are: a number that no row can have is answered as one that no row has."""

from starlette.convertors import Convertor, register_url_convertor

_DIGITS_READ = 20
"""One more than the largest id has, so what is cut off leaves a number beyond every column. Python itself reads 4,300
and raises above, which would be an error of ours."""


class Number(Convertor[int]):
    """As Starlette's `int`: digits of ASCII without a sign."""

    regex = "[0-9]+"

    def convert(self, value: str) -> int:
        return int(value.lstrip("0")[:_DIGITS_READ] or "0")

    def to_string(self, value: int) -> str:
        return str(value)


NUMBER = "number"
register_url_convertor(NUMBER, Number())
