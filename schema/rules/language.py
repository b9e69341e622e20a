"""The product's rule language: the fields of all rooms, one list. Imports no GraphQL: the night asks in it too."""

from domain.customers import fields as customers
from domain.grids import fields as grids
from domain.products import fields as products
from domain.shared.rules.language import Language
from domain.tasks import fields as tasks
from ml import fields as scores

FIELDS = (*customers.FIELDS, *grids.FIELDS, *products.FIELDS, *tasks.FIELDS, *scores.FIELDS)
LANGUAGE = Language(FIELDS, products.LINKS)
SUBJECTS = (customers.CUSTOMER, products.LOAN)
