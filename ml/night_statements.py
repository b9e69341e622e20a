"""What the night's steps of features, models and scores tell, and why a version was put in force or not."""

from domain.shared.statements import DATE, NUMBER, declare

FEATURES_OF = declare("FEATURES_OF", month_on=DATE)
FEATURES_DONE = declare("FEATURES_DONE", customers=NUMBER)
MODEL_KEPT = declare("TRAIN_KEPT")
HISTORY_TOO_SHORT = declare("TRAIN_HISTORY_TOO_SHORT")
TOO_FEW_LEFT = declare("TRAIN_TOO_FEW_LEFT")
FIRST_ABOVE_BASELINE = declare("PROMOTED_FIRST_ABOVE_BASELINE", auc=NUMBER, baseline_auc=NUMBER)
FIRST_BELOW_BASELINE = declare("PROMOTED_FIRST_BELOW_BASELINE", auc=NUMBER, baseline_auc=NUMBER)
BELOW_BASELINE = declare("NOT_PROMOTED_BELOW_BASELINE", auc=NUMBER, baseline_auc=NUMBER)
BETTER = declare("PROMOTED_BETTER", auc=NUMBER, baseline_auc=NUMBER, current_auc=NUMBER)
NOT_BETTER = declare("NOT_PROMOTED", auc=NUMBER, baseline_auc=NUMBER, current_auc=NUMBER, margin=NUMBER)
NO_MODEL = declare("SCORE_NO_MODEL")
SCORED = declare("SCORE_DONE", customers=NUMBER, changed=NUMBER)
NOTHING_TO_EXPLAIN = declare("REASONS_NO_MODEL")
EXPLAINS = declare("REASONS_FOR", customers=NUMBER)
EXPLAINED = declare("REASONS_DONE", customers=NUMBER)
