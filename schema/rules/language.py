"""The product's rule language: the fields of all its rooms. Imports no GraphQL: the night asks in it too."""

from domain.customers.fields import CUSTOMER
from domain.products.fields import LOAN
from domain.shared.rooms import language_of
from schema.house import ROOMS

LANGUAGE = language_of(ROOMS)
SUBJECTS = (CUSTOMER, LOAN)
