"""The product's rule language: the fields of all its rooms. Imports no GraphQL: the night asks in it too."""

from domain.customers.fields import CUSTOMER
from domain.products.fields import LOAN
from schema.house import HOUSE

LANGUAGE = HOUSE.language
SUBJECTS = (CUSTOMER, LOAN)
