"""What the bank decides about its customers as such."""

from domain.shared.parameters import Parameter, ParameterType

AT_RISK_BAND = Parameter(
    "customers.at_risk_band", ParameterType.INTEGER, 5, "BAND", ("due", "rollup"), lowest=2, highest=5
)
"""The band from which a customer counts as about to leave; with the usual bands, three in a hundred."""

PARAMETERS = (AT_RISK_BAND,)
