"""Visits of the last 120 days, so that the demonstration's cadence, coverage and funnel have a past. Invented.

Managers walk on Tuesdays, Thursdays and Saturdays (the practice of county banks), at most eight customers a day: key
customers about monthly, a third of the general ones once. The same database gets the same visits; a second call adds
nothing. They end on the data date, and the next night takes them up like any others.
"""

from datetime import date, timedelta

from api.county.telling import Telling
from api.local.words import t
from domain.shared.night import Connection

PAST_DAYS = 120
VISITS_A_DAY = 8
REMARK = "（演示数据）"
_WALKING_DAYS = (1, 3, 5)  # Tuesday, Thursday, Saturday

# A number from 0 to 1 that depends on the customer and a word alone: no random generator, no order of rows.
_DICE = """
create function pg_temp.dice(customer_id bigint, word text) returns double precision immutable language sql
return ('x' || substr(md5(word || customer_id), 1, 8))::bit(32)::bigint / 4294967296.0
"""

_VISITS = """
create temp table past on commit drop as
with wanted as (
    select c.id, c.owner_id, c.grid_id, c.atom_id, c.lon_deg_wgs84, c.lat_deg_wgs84, round,
           (%(days)s::date[])[1 + floor((round + pg_temp.dice(c.id, 'day' || round)) * cardinality(%(days)s::date[])
                                        / case c.tier when 'KEY' then 4 else 1 end)::int] as day
      from customers c
      cross join lateral generate_series(0, case c.tier when 'KEY' then 3 else 0 end) as round
     where c.status = 'ACTIVE' and c.grid_id is not null and c.owner_id is not null
       and pg_temp.dice(c.id, 'is seen' || round) < case c.tier when 'KEY' then 0.85 else 0.35 end),
slotted as (
    select *, row_number() over (partition by owner_id, day order by pg_temp.dice(id, 'slot' || round), id) as slot
      from wanted)
select md5('past visit ' || s.id || ' ' || s.day)::uuid as visit_id, s.id as customer_id,
       case when pg_temp.dice(s.id, 'by B' || round) < 0.15 then coalesce(b.staff_id, s.owner_id) else s.owner_id end
           as staff_id,
       s.grid_id, s.atom_id, s.lon_deg_wgs84, s.lat_deg_wgs84, s.day, round,
       (s.day + time '08:40' + s.slot * interval '50 minutes'
              + pg_temp.dice(s.id, 'late' || round) * interval '12 minutes') at time zone 'Asia/Shanghai' as started_at,
       pg_temp.dice(s.id, 'outcome' || round) as outcome_dice,
       pg_temp.dice(s.id, 'east' || round) * 2 - 1 as east, pg_temp.dice(s.id, 'north' || round) * 2 - 1 as north
  from slotted s
  left join posts b on b.grid_id = s.grid_id and b.role = 'B' and b.from_on <= s.day
                   and (b.to_on is null or s.day < b.to_on)
 where s.slot <= %(a_day)s
"""

# Within forty metres of the customer: what a phone in a doorway reports. Of the days agreed on, those are told which
# still lie ahead: the past of the demonstration keeps no broken promises.
_WRITE = """
with written as (
    insert into visits (id, customer_id, recorded_for_id, staff_id, grid_id, atom_id, counted_at, started_at, ended_at,
                        received_at, outcome, note, lon_deg_wgs84, lat_deg_wgs84, source_datum, accuracy_m, distance_m,
                        next_on)
    select visit_id, customer_id, customer_id, staff_id, grid_id, atom_id, started_at, started_at,
           started_at + interval '9 minutes' + outcome_dice * interval '25 minutes',
           started_at + interval '40 minutes', o.outcome, o.note || %(remark)s,
           lon_deg_wgs84 + east * 40 / (111320 * cosd(lat_deg_wgs84)), lat_deg_wgs84 + north * 40 / 111320,
           case when lon_deg_wgs84 is not null then 'WGS84' end,
           case when lon_deg_wgs84 is not null then round((8 + outcome_dice * 20)::numeric, 1) end,
           case when lon_deg_wgs84 is not null then round((40 * sqrt(east * east + north * north))::numeric, 1) end,
           case when o.outcome = 'FOLLOW_UP' and day + 14 > %(data_date)s then day + 14 end
      from past
      join lateral (select * from (values
               (0.00, 'INTERESTED', '有贷款需求，已介绍产品和所需材料。'),
               (0.22, 'INTERESTED', '愿意把定期转过来，约好到网点办理。'),
               (0.40, 'NOT_NOW', '近期没有资金需求，留了联系方式。'), (0.52, 'NOT_NOW', '生意平稳，暂不需要。'),
               (0.64, 'FOLLOW_UP', '要和家里商量，过两周再来。'), (0.80, 'REFUSED', '对利率不满意，婉拒。'),
               (0.88, 'NOT_FOUND', '家中无人，邻居说外出务工。')) as v (above, outcome, note)
             where above <= outcome_dice order by above desc limit 1) o on true
    on conflict (id) do nothing
    returning customer_id, staff_id, grid_id, atom_id, outcome, started_at, id)
insert into activities (at, device_at, kind, actor_kind, actor_id, customer_id, grid_id, atom_id, outcome, detail)
select started_at, started_at, 'VISIT', 'STAFF', staff_id, customer_id, grid_id, atom_id, outcome,
       jsonb_build_object('visit_id', id, 'demonstration', true)
  from written order by started_at, id
"""


def walking_days(data_date: date) -> list[date]:
    """The days of the past on which managers were out, the last not after the data date."""
    days = (data_date - timedelta(days=ago) for ago in range(PAST_DAYS, -1, -1))
    return [day for day in days if day.weekday() in _WALKING_DAYS]


def load_past_visits(connection: Connection, data_date: date, report: Telling) -> int:
    """Write the past of a demonstration whose first night has placed its customers; gives the visits added.

    The caller commits, and carries out another night so that due visits, walks and rollups take them up.
    """
    report(0.0, t("county.past_visits"))
    connection.execute("drop function if exists pg_temp.dice(bigint, text)")
    connection.execute(_DICE)
    connection.execute(_VISITS, {"days": walking_days(data_date), "a_day": VISITS_A_DAY})
    report(0.5, t("county.writing_visits"))
    added = connection.execute(_WRITE, {"remark": REMARK, "data_date": data_date}).rowcount
    connection.execute("drop table past")
    connection.execute("analyze visits")
    report(1.0, None)
    return added
