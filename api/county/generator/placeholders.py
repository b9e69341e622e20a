"""What clerks type where a form demands a value that they do not have. Each is on the rows of many strangers."""

from api.county.generator import numbering

CERTIFICATES = (
    "000000000000000000",
    "111111111111111111",
    "123456789012345678",
    "999999999999999999",
    "110101190001010000",
    # A right check character, and nobody: born on the first day of 1900.
    numbering.citizen_id(numbering.HOME_REGION, "19000101", 0, is_male=True),
)
CREDIT_CODES = (
    f"91{numbering.HOME_REGION}XXXXXXXXXX",
    f"92{numbering.HOME_REGION}MA00000000",
    f"91{numbering.HOME_REGION}000000000X",
    "000000000000000000",
    "111111111111111111",
)
PHONES = ("13800000000", "13888888888", "13900000000", "13812345678", "12345678901", "11111111111", "0")
BIRTHS = ("19000101", "19010101", "19000101", "19700101")


def one_of(values: tuple[str, ...], draw: float) -> str:
    return values[int(draw * len(values))]
