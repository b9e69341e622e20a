-- Month-ends before the day: balances of deposits and volumes of shops in yuan, out of the table that keeps the last
-- thirteen; older ones are worked out from the snapshots by the statement that fills it. No row means nothing.
select
    customer_id,
    max(deposit_fen) filter (where month_on = {day_1}) / 100::float8 as balance_1,
    max(deposit_fen) filter (where month_on = {day_2}) / 100::float8 as balance_2,
    max(deposit_fen) filter (where month_on = {day_3}) / 100::float8 as balance_3,
    max(deposit_fen) filter (where month_on = {day_4}) / 100::float8 as balance_4,
    max(deposit_fen) filter (where month_on = {day_5}) / 100::float8 as balance_5,
    max(pos_volume_fen) filter (where month_on = {day_1}) / 100::float8 as pos_1,
    max(pos_volume_fen) filter (where month_on = {day_2}) / 100::float8 as pos_2,
    max(pos_volume_fen) filter (where month_on = {day_3}) / 100::float8 as pos_3
from (
    {month_ends}
) e
group by customer_id
