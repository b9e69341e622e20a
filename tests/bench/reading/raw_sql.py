"""What a good engineer would write by hand for each read, with the same rights: one statement, its answer as JSON.

`$1` is always the SHA-256 of the session's token: whoever asks is looked up in the same statement.
"""

_ME = """
with me as materialized (
    select a.id as account_id, st.id as staff_id, st.org_unit_id
      from sessions s join accounts a on a.id = s.account_id join staff st on st.id = a.staff_id and st.is_active
     where s.token_sha256 = $1 and s.revoked_at is null and s.expires_at > now() and st.role = '{role}')
"""
_OUTLET = _ME.format(role="OUTLET_MANAGER")
_MY_OUTLET = "(select org_unit_id from me)"
_PHONE = """
case when {of}.phone is null then null
     when length({of}.phone) = 11 and translate({of}.phone, '0123456789', '') = ''
     then overlay({of}.phone placing '****' from 4 for 4) else '****' end
"""
_CERTIFICATE = """
left({of}, 1) || repeat('*', greatest(length({of}) - 2, 4)) || right({of}, 1)
"""
_DISAGREEING = """
case when d.field in ('phone', 'phone_norm')
     then case when {of} is null then null when {of} ~ '^[0-9]{{11}}$' then overlay({of} placing '****' from 4 for 4)
               else '****' end
     when d.field in ('certificate', 'certificate_norm', 'uscc', 'uscc_norm')
     then left({of}, 1) || repeat('*', greatest(length({of}) - 2, 4)) || right({of}, 1)
     else {of} end
"""

_STATEMENT_VALUES = """
coalesce((select json_agg(json_build_object(
              'name', v.key,
              'text', case when jsonb_typeof(v.value) = 'string' and right(v.key, 3) <> '_on' then v.value end,
              'number', case when jsonb_typeof(v.value) = 'number' and right(v.key, 4) <> '_fen' then v.value end,
              'fen', case when right(v.key, 4) = '_fen' then v.value end,
              'date', case when right(v.key, 3) = '_on' then v.value end))
            from jsonb_each({of} -> 'values') v), '[]')
"""
"""A statement's values as the contract has them: the kind stands in the name and in the JSON type."""

_KNOWN = """case when m.month_on >= (select cast(value ->> '{figure}' as date) from settings
                                     where name = 'month_ends_since') then m.{figure} end"""
"""Nothing is said of a month-end before the figure's first file."""

VIEW_360 = f"""
{_OUTLET}
select json_build_object('customer', (
  select json_build_object(
    'id', 'Customer:' || c.id, 'name', c.name, 'kind', c.kind, 'tier', c.tier, 'status', c.status,
    'depositFen', c.deposit_fen, 'loanFen', c.loan_fen, 'lineFen', c.line_fen, 'lastVisitOn', c.last_visit_on,
    'dueOn', c.due_on, 'phone', {_PHONE.format(of="c")}, 'certificate', {_CERTIFICATE.format(of="c.certificate")},
    'address', c.address, 'industry', c.industry,
    'location', case when c.lon_deg_wgs84 is not null then json_build_object(
        'accuracyM', c.accuracy_m, 'method', coalesce(c.location_method, 'ADDRESS'),
        'sourceDatum', coalesce(c.source_datum, 'WGS84')) end,
    'grid', (select json_build_object('id', 'Grid:' || g.id, 'name', g.name)
               from grids g join plans p on p.id = g.plan_id and p.state = 'IN_FORCE'
              where g.id = c.grid_id and g.org_unit_id = {_MY_OUTLET}),
    'posts', coalesce((select json_agg(json_build_object('role', p.role, 'staff', json_build_object(
                                  'id', 'Staff:' || s.id, 'name', s.name)) order by p.role, p.id)
                         from posts p join staff s on s.id = p.staff_id
                        where p.grid_id = c.grid_id and p.from_on <= $3::date
                          and (p.to_on is null or p.to_on > $3::date)), '[]'),
    'scores', coalesce((select json_agg(json_build_object('model', s.model, 'version', v.version, 'dataDate',
                                  b.data_date, 'value', s.value, 'band', s.band, 'reasons',
                                  coalesce((select json_agg(json_build_object('code', e ->> 'code', 'values',
                                                {_STATEMENT_VALUES.format(of="e")}) order by n)
                                              from jsonb_array_elements(r.reasons) with ordinality x(e, n)), '[]'))
                                  order by s.model)
                          from scores s join score_runs b on b.model = s.model
                          join model_versions v on v.id = b.model_version_id
                          left join score_reasons r on r.model = s.model and r.customer_id = s.customer_id
                               and r.night_run_id = b.night_run_id
                         where s.customer_id = c.id), '[]'),
    'relations', coalesce((select json_agg(json_build_object('kind', r.kind, 'customer', json_build_object(
                                  'id', 'Customer:' || o.id, 'name', o.name, 'kind', o.kind,
                                  'depositFen', o.deposit_fen)) order by r.kind, r.other_id)
                             from relations r join customers o on o.id = r.other_id
                            where r.customer_id = c.id and o.org_unit_id = {_MY_OUTLET}), '[]'),
    'deposits', coalesce((select json_agg(json_build_object('product', d.product, 'balanceFen', d.balance_fen,
                                  'average3mFen', d.average_3m_fen, 'openedOn', d.opened_on)
                                  order by d.balance_fen desc, d.account_no)
                            from deposits d where d.customer_id = c.id), '[]'),
    'loans', coalesce((select json_agg(json_build_object('number', l.number, 'product', l.product, 'balanceFen',
                                  l.balance_fen, 'rateBps', l.rate_bps, 'startOn', l.start_on, 'endOn', l.end_on,
                                  'overdueDays', l.overdue_days) order by l.end_on, l.number)
                         from loans l where l.customer_id = c.id), '[]'),
    'monthEnds', coalesce((select json_agg(json_build_object('monthOn', m.month_on,
                                  'depositFen', {_KNOWN.format(figure="deposit_fen")},
                                  'loanFen', {_KNOWN.format(figure="loan_fen")},
                                  'posVolumeFen', {_KNOWN.format(figure="pos_volume_fen")}) order by m.month_on)
                             from month_ends m where m.customer_id = c.id), '[]'),
    'visits', json_build_object(
        'totalCount', json_build_object('value', (select count(*) from visits v where v.customer_id = c.id)),
        'edges', coalesce((select json_agg(json_build_object('node', json_build_object(
                                  'id', 'Visit:' || v.id, 'startedAt', v.started_at, 'outcome', v.outcome,
                                  'note', v.note, 'distanceM', v.distance_m, 'nextOn', v.next_on,
                                  'staff', json_build_object('id', 'Staff:' || s.id, 'name', s.name)))
                                  order by v.counted_at desc, v.id desc)
                             from (select * from visits where customer_id = c.id
                                    order by counted_at desc, id desc limit 10) v
                             join staff s on s.id = v.staff_id), '[]')),
    'sources', coalesce((select json_agg(json_build_object('feed', r.feed, 'key', r.key, 'dataDate', r.data_date,
                                  'evidence', (select json_agg(json_build_object('code', 'EVIDENCE_' || e,
                                                  'values', json_build_array()) order by n)
                                                 from unnest(string_to_array(r.evidence, ',')) with ordinality x(e, n)))
                                  order by r.feed, r.id)
                           from source_records r where r.customer_id = c.id), '[]'),
    'disagreements', coalesce((select json_agg(json_build_object(
                                  'field', d.field, 'kept', {_DISAGREEING.format(of="d.kept")},
                                  'values', (select json_agg(json_build_object('feed', e ->> 'feed', 'value',
                                                 {_DISAGREEING.format(of="(e ->> 'value')")}))
                                               from jsonb_array_elements(d.values) e)) order by d.field)
                                 from disagreements d where d.customer_id = c.id), '[]'))
    from customers c where c.id = $2 and c.org_unit_id = {_MY_OUTLET}))::text
"""

_AFTER = "and c.attrition_score <= $2 and (c.attrition_score < $2 or c.id > $3)"
"""Among those who have a score: no page behind them is asked for."""
LIST = f"""
{_OUTLET},
page as (
    select c.* from customers c
     where c.org_unit_id = {_MY_OUTLET} {{after}}
     order by c.attrition_score desc nulls last, c.id limit 51)
select json_build_object('customers', json_build_object(
    'edges', coalesce((
        select json_agg(json_build_object('node', json_build_object(
            'id', 'Customer:' || c.id, 'name', c.name, 'kind', c.kind, 'tier', c.tier, 'status', c.status,
            'depositFen', c.deposit_fen, 'loanFen', c.loan_fen, 'attritionScore', c.attrition_score,
            'attritionBand', c.attrition_band, 'lastVisitOn', c.last_visit_on,
            'grid', (select json_build_object('id', 'Grid:' || g.id, 'name', g.name)
                       from grids g join plans p on p.id = g.plan_id and p.state = 'IN_FORCE'
                      where g.id = c.grid_id and g.org_unit_id = {_MY_OUTLET}),
            'owner', (select json_build_object('id', 'Staff:' || s.id, 'name', s.name)
                        from staff s where s.id = c.owner_id),
            'deposits', coalesce((
                select json_agg(json_build_object('product', d.product, 'balanceFen', d.balance_fen)
                                order by d.balance_fen desc, d.account_no)
                  from deposits d where d.customer_id = c.id), '[]')))
            order by c.attrition_score desc nulls last, c.id)
          from (select * from page order by attrition_score desc nulls last, id limit 50) c), '[]'),
    'pageInfo', json_build_object('hasNextPage', (select count(*) > 50 from page),
        'endCursor', (select attrition_score || ' ' || id from page
                       order by attrition_score desc nulls last, id offset 49 limit 1))))::text
"""
FIRST_PAGE = LIST.format(after="")
LATER_PAGE = LIST.format(after=_AFTER)

WIDE = f"""
{_OUTLET}
select c.id, c.name, c.kind, c.tier, c.status, {_PHONE.format(of="c")} as phone, c.address, c.industry, c.deposit_fen,
       c.loan_fen, c.line_fen, c.attrition_score
  from customers c
 where c.org_unit_id = {_MY_OUTLET} and c.id > $2
 order by c.id limit 501
"""
"""Rows, not JSON: the answer is made in Python, which is faster for wide flat lists."""

_FIGURES = """
       count(*) as customers, count(c.grid_id) as in_grid, count(d.customer_id) as due,
       count(*) filter (where c.grid_id is not null
                          and c.last_visit_on > (f.day - interval '6 months')::date) as visited,
       count(*) filter (where c.grid_id is not null and exists (
           select from source_records r where r.customer_id = c.id and r.feed = 'sunshine_credit')) as filed,
       count(*) filter (where c.line_fen > 0) as granted,
       count(*) filter (where c.line_fen > 0 and c.loan_fen > 0) as drawn
"""
_DASHBOARD = f"""
{_OUTLET},
in_force as (select (value #>> '{{{{}}}}')::date as day from settings where name = 'data_date'),
figures as ({{figures}})
select json_build_object('dashboard', json_build_object(
    'dataDate', f.day, 'customers', n.customers,
    'gridCoverage', coalesce(round(n.in_grid::numeric / nullif(n.customers, 0), 4), 0), 'visitsDue', n.due,
    'visitsDone', (select count(*) from visits v join staff s on s.id = v.staff_id
                    where v.counted_at >= $2 and s.org_unit_id = {_MY_OUTLET}),
    'funnel', json_build_array(
        json_build_object('step', 'IN_GRID', 'count', n.in_grid, 'denominators', json_build_array(
            json_build_object('of', 'LISTED', 'count', n.customers))),
        json_build_object('step', 'VISITED', 'count', n.visited, 'denominators', json_build_array(
            json_build_object('of', 'IN_GRID', 'count', n.in_grid))),
        json_build_object('step', 'FILED', 'count', n.filed, 'denominators', json_build_array(
            json_build_object('of', 'IN_GRID', 'count', n.in_grid))),
        json_build_object('step', 'GRANTED', 'count', n.granted, 'denominators', json_build_array(
            json_build_object('of', 'FILED', 'count', n.filed),
            json_build_object('of', 'IN_GRID', 'count', n.in_grid))),
        json_build_object('step', 'DRAWN', 'count', n.drawn, 'denominators', json_build_array(
            json_build_object('of', 'GRANTED', 'count', n.granted)))),
    'feeds', (select json_agg(json_build_object('feed', w.feed, 'dataDate', b.day, 'late',
                                                coalesce(b.day < f.day, true), 'held', b.held) order by w.position)
                from unnest($3::text[]) with ordinality w(feed, position)
                left join lateral (select max(data_date) filter (where state = 'LOADED') as day,
                                          count(*) filter (where state = 'HELD') > 0 as held
                                     from batches where feed = w.feed) b on true)))::text
  from figures n, in_force f
"""
DASHBOARD = _DASHBOARD.format(
    figures=f"""
select coalesce(sum(customers), 0)::int as customers, coalesce(sum(in_grid), 0)::int as in_grid,
       coalesce(sum(due), 0)::int as due, coalesce(sum(visited), 0)::int as visited,
       coalesce(sum(filed), 0)::int as filed, coalesce(sum(granted), 0)::int as granted,
       coalesce(sum(drawn), 0)::int as drawn
  from customer_sums where status = 'ACTIVE' and org_unit_id = {_MY_OUTLET}"""
)
LIVE_DASHBOARD = _DASHBOARD.format(
    figures=f"""
select {_FIGURES} from in_force f
  join customers c on c.status = 'ACTIVE' and c.org_unit_id = {_MY_OUTLET}
  left join due_visits d on d.customer_id = c.id"""
)
"""What a dashboard costs that is not kept beside the rows."""

_MY_GRIDS = """
mine as materialized (
    select array_agg(distinct p.grid_id) as grid_ids
      from me join posts p on p.staff_id = me.staff_id and p.from_on <= $11::date
                          and (p.to_on is null or p.to_on > $11::date)
      join grids g on g.id = p.grid_id join plans pl on pl.id = g.plan_id and pl.state = 'IN_FORCE')
"""
RECORD_VISIT = f"""
{_ME.format(role="CUSTOMER_MANAGER")},
{_MY_GRIDS},
customer as (
    select c.id, c.grid_id, c.atom_id, c.lon_deg_wgs84, c.lat_deg_wgs84 from customers c
     where c.id = $2 and (c.grid_id = any((select grid_ids from mine)::bigint[])
                          or (c.grid_id is null and c.owner_id = (select staff_id from me)))
       for no key update),
key as (
    insert into idempotency_keys (actor_kind, actor_id, key, operation, body_sha256, answer)
    select 'STAFF', me.staff_id, $3, 'recordVisit', $4, json_build_object('visit', $3::uuid::text)
      from me, customer returning key),
visit as (
    insert into visits (id, customer_id, recorded_for_id, staff_id, grid_id, atom_id, counted_at, started_at, ended_at,
                        outcome, note, next_on, distance_m, lon_deg_wgs84, lat_deg_wgs84, source_datum, accuracy_m)
    select key.key, c.id, c.id, me.staff_id, c.grid_id, c.atom_id, least($5, now()), $5, null, $6, $7, null,
           2 * 6371008.8 * asin(least(1, sqrt(sind(($9 - c.lat_deg_wgs84) / 2) ^ 2
               + cosd(c.lat_deg_wgs84) * cosd($9) * sind(($8 - c.lon_deg_wgs84) / 2) ^ 2))),
           $8, $9, 'WGS84', $10
      from key, customer c, me returning *),
activity as (
    insert into activities (kind, device_at, actor_kind, actor_id, customer_id, grid_id, atom_id, outcome, detail)
    select 'VISIT', v.started_at, 'STAFF', v.staff_id, v.customer_id, v.grid_id, v.atom_id, v.outcome,
           json_build_object('visit', v.id::text) from visit v),
noted as (
    insert into audit (actor_kind, actor_id, action, subject, detail)
    select 'STAFF', v.staff_id, 'visit.recorded', 'Visit:' || v.id, '{{}}' from visit v),
seen as (
    update customers c set last_visit_on = greatest(coalesce(c.last_visit_on, $11), $11)
      from visit v where c.id = v.customer_id returning c.id, c.name, c.last_visit_on, c.due_on)
select json_build_object('recordVisit', json_build_object('__typename', 'RecordVisitSuccess', 'visit',
    json_build_object('id', 'Visit:' || v.id, 'startedAt', v.started_at, 'outcome', v.outcome,
        'distanceM', v.distance_m, 'nextOn', v.next_on, 'customer', json_build_object(
            'id', 'Customer:' || s.id, 'name', s.name, 'lastVisitOn', s.last_visit_on, 'dueOn', s.due_on))))::text
  from visit v, seen s
"""
