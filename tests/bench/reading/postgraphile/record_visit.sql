-- The rows that the product writes for a visit, from one call: key, visit, activity, audit row, and the customer's day.
create schema if not exists bench;
drop function if exists bench.record_visit;
create function bench.record_visit(customer bigint, key uuid, started_at timestamptz, outcome text, note text,
                                   lon_deg float8, lat_deg float8, accuracy_m float8)
returns visits language sql volatile as $$
with who as (select staff_id from accounts where account = 'manager1'),
noted_key as (
    insert into idempotency_keys (actor_kind, actor_id, key, operation, body_sha256, answer)
    select 'STAFF', staff_id, $2, 'recordVisit', sha256($2::text::bytea), json_build_object('visit', $2::text) from who
    returning actor_id),
visit as (
    insert into visits (id, customer_id, recorded_for_id, staff_id, grid_id, atom_id, counted_at, started_at, outcome, note,
                        distance_m, lon_deg_wgs84, lat_deg_wgs84, source_datum, accuracy_m)
    select $2, c.id, c.id, k.actor_id, c.grid_id, c.atom_id, least($3, now()), $3, $4, $5,
           2 * 6371008.8 * asin(least(1, sqrt(sind(($7 - c.lat_deg_wgs84) / 2) ^ 2
               + cosd(c.lat_deg_wgs84) * cosd($7) * sind(($6 - c.lon_deg_wgs84) / 2) ^ 2))), $6, $7, 'WGS84', $8
      from customers c, noted_key k where c.id = $1
    returning *),
activity as (
    insert into activities (kind, device_at, actor_kind, actor_id, customer_id, grid_id, atom_id, outcome, detail)
    select 'VISIT', v.started_at, 'STAFF', v.staff_id, v.customer_id, v.grid_id, v.atom_id, v.outcome,
           json_build_object('visit', v.id::text) from visit v),
audited as (
    insert into audit (actor_kind, actor_id, action, subject, detail)
    select 'STAFF', v.staff_id, 'visit.recorded', 'Visit:' || v.id, '{}' from visit v),
seen as (
    update customers c
       set last_visit_on = greatest(coalesce(c.last_visit_on, $3::date), ($3 at time zone 'Asia/Shanghai')::date)
      from visit v where c.id = v.customer_id)
select * from visit
$$;
