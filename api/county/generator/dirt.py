"""The dirt: how often each kind of it is put into the files. docs/county.md says what each is for."""

from collections import Counter

RATES: dict[str, float] = {
    # people in the core
    "second_customer_number": 0.04,  # of persons in the core
    "misspelt_name": 0.30,  # of second numbers; and in the CRM as below
    "misspelt_name_crm": 0.02,  # of CRM rows with a customer number
    "spaced_name": 0.006,  # of rows with a name of two or three characters
    "fifteen_digit_id": 0.02,  # of persons born before 1985 in the core
    "full_width_id": 0.004,
    "spaced_id": 0.004,
    "lower_case_x": 0.30,  # of ids that end in X
    "empty_birth": 0.10,
    "empty_phone": 0.03,
    "landline": 0.01,
    "dressed_phone": 0.02,  # +86, 86, spaces, hyphens, full width
    "managers_phone": 0.033,  # of persons in the core: 200 in each 10,000 customers
    "family_certificate": 0.004,  # of persons in the core: the head's id typed for a member
    "twins": 0.004,  # of persons
    # households
    "dead": 0.012,  # of registered persons
    "moved": 0.03,
    "empty_certificate_household": 0.006,  # of registered persons, and all of the newborn
    "second_sunshine_file": 0.015,  # of households
    "empty_head_certificate": 0.04,
    # firms and shops
    "renamed_firm": 0.03,  # the core has the new name, CRM and POS the old one
    "empty_credit_code_core": 0.02,
    "organisation_code_only": 0.02,
    "empty_credit_code_pos": 0.12,
    "operator_changed": 0.02,  # of shops: the POS knows the new operator
    "operators_phone_on_shop": 0.5,
    # CRM
    "crm_without_number": 0.35,
    "crm_wrong_number": 0.002,
    # coordinates of the POS
    "gcj02_said_wgs84": 0.06,
    "honest_gcj02": 0.15,
    "honest_bd09": 0.06,
    "outlets_coordinates": 0.05,
    "unknown_datum": 0.004,
    "no_coordinates": 0.08,
    # files
    "bad_row": 0.0001,
}

Counts = Counter[str]
"""How often each kind was put in; written to the truth."""
