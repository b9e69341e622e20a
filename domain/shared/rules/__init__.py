"""规则: one language for what can be asked of a subject (a customer, a loan) on a day. docs/rules.md shows it in use.

A room declares its fields beside its models (`fields.py`), a `Language` is made of a list of them, a rule is read from
JSON, and from then on it is a value: a predicate in SQL, a count, a list, an explanation for one subject.
"""
