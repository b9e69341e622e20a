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
    # keys, codes, names: marks that nobody sees
    "padded_key": 0.003,  # of rows with a key; in the CRM the customer number, at the POS the account
    "invisible_in_name": 0.003,  # of rows with a name
    "invisible_in_number": 0.003,  # of rows with a certificate or a credit code
    # what a clerk types where a form demands something
    "placeholder_certificate": 0.003,  # of rows with a certificate
    "placeholder_credit_code": 0.006,  # of firms' rows with a credit code
    "wrong_check_character": 0.003,  # of firms' rows with a credit code
    "placeholder_birth": 0.004,  # of rows of people with a day of birth
    "placeholder_phone": 0.005,  # of rows with a telephone
    "two_phones": 0.005,  # of rows with a telephone
    "phone_with_words": 0.005,  # of rows with a telephone: extension, brackets, a word
    "village_code_of_another_year": 0.006,  # of rows with a village code but the register's
    # what the type of a number says
    "sole_trader_by_id_card": 0.03,  # of sole traders in the core: type 10, the operator's id
    "hukou_book": 0.5,  # of persons under 16 in the core: type 11
    # names that systems write each in its own way
    "dotted_household": 0.002,  # of households: 买买提·艾力
    "dot_written_otherwise": 0.55,  # of their rows
    "foreign_spouse": 0.004,  # of spouses between 20 and 60: a passport, not in the register
    "foreign_name_written_otherwise": 0.5,  # of their rows
    "rare_character": 0.002,  # of persons: 䶮
    "rare_character_not_written": 0.75,  # of their rows in the core and the CRM: user-defined code, ?, pinyin
    # shops
    "second_trade": 0.01,  # of sole traders: the operator already runs another shop
    "second_branch": 0.006,  # of merchants: the same shop at another address
    # emptied households
    "dead_household": 0.012,  # of registered households of one or two with a head of 55 or more
    "moved_household": 0.006,  # of registered households
    # places of the POS (the first two also of surveys) that are none
    "nought_place": 0.004,
    "place_elsewhere": 0.004,  # 67 km to the north, in another county
    "default_place": 0.004,  # one point for many
    "swapped_place": 0.002,  # latitude first
    "whole_degrees": 0.002,
    # money
    "foreign_currency": 0.004,  # of persons from 16 on in the core: an account that is not in yuan
    "misreported_loan": 0.015,  # of loans: one of the three flags of farm and inclusive lending is wrong
    "currency_written_otherwise": 0.01,  # of accounts in yuan: RMB, 156, nothing
    # files
    "bad_row": 0.0001,
    "delimiter_in_name": 0.004,  # of merchants: the row cannot be split, and there is money on it
    "amount_without_nought": 0.02,  # of deposit accounts: .50, as Oracle prints it
}

Counts = Counter[str]
"""How often each kind was put in; written to the truth."""
