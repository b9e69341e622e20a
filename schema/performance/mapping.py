"""How the steps of the funnel are read."""

from schema.engine.mapping import TypeMap, column

FUNNEL_STEP = TypeMap(
    "FunnelStep",
    {
        "step": column("step"),
        "count": column("count"),
        "denominator": column("denominator"),
        "denominatorCount": column("denominator_count"),
    },
)
TYPES = (FUNNEL_STEP,)
