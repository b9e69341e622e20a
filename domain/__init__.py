"""The bank's language: tables, rules, refusals. Knows no clock, network, geometry or model library."""
