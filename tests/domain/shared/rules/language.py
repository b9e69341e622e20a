"""All fields of the product as one language, as the processes put it together."""

from domain.customers import fields as customers
from domain.grids import fields as grids
from domain.products import fields as products
from domain.shared.rules.language import Language
from domain.tasks import fields as tasks
from ml import fields as scores

LANGUAGE = Language(
    (*customers.FIELDS, *grids.FIELDS, *products.FIELDS, *tasks.FIELDS, *scores.FIELDS), products.LINKS
)
