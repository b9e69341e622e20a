"""What an installation holds, counted once for the steps of its opening. Small tables, but for the customers."""

from dataclasses import replace
from datetime import date

from domain.grids.plans import APPROVED, EDITED_STATES
from domain.grids.posts import is_sat_on
from domain.shared.accounts import ACCOUNTS_OF_STAFF
from domain.shared.duties import Duty
from domain.shared.in_service import is_in_service
from domain.shared.org_units import OrgUnitKind
from domain.shared.permissions import BRING_IMPORTS, DECIDE_IMPORTS
from domain.shared.rows import Rows
from domain.shared.two_holders import FEEDS, are_two
from domain.stories.opening import Facts

_FACTS = f"""
with unit as (
    select * from org_units
     where (from_on is null or from_on <= %(day)s) and (to_on is null or to_on > %(day)s)),
outlet as (select * from unit where kind = '{OrgUnitKind.OUTLET}'),
person as (select s.*, r.permissions from staff s join roles r on r.code = s.role
            where {is_in_service("s", "%(day)s")}),
bringing as (select id from person where '{BRING_IMPORTS}' = any(permissions)),
deciding as (select id from person where '{DECIDE_IMPORTS}' = any(permissions)),
without_head as (
    select o.code || ' ' || o.name as name from outlet o
     where not exists (select from person p where p.org_unit_id = o.id and p.duty = '{Duty.UNIT}')),
without_place as (select code || ' ' || name as name from outlet where lon_deg_wgs84 is null),
plan as (select p.* from plans p join plan_in_force f on f.id = p.id),
coming as (select * from plans where state = '{APPROVED}' order by from_on, id limit 1),
draft as (select * from plans where state in {EDITED_STATES} order by id desc limit 1),
small as (select g.id, g.code || ' ' || g.name as name from grids g join plan on plan.id = g.plan_id
           where g.level = 'SMALL'),
without_a as (
    select name from small
     where not exists (select from posts p where p.grid_id = small.id and p.role = 'A'
                         and {is_sat_on("p", "%(day)s")})),
taken as (select feed, bool_or(state = 'LOADED') as is_taken, bool_or(state = 'REFUSED') as is_refused
            from batches group by feed)
select (select name from county_outlines order by code limit 1),
       coalesce((select sum(area_m2) from county_outlines) / 1e6, 0),
       (select count(*) from atoms where to_on is null),
       (select count(distinct town_code) from atoms where to_on is null),
       (select count(*) from unit), (select count(*) from outlet),
       (select count(*) from without_place), coalesce((select min(name) from without_place), ''),
       (select count(*) from person), (select count(*) from person where duty = '{Duty.CUSTOMERS}'),
       (select count(*) from without_head), coalesce((select min(name) from without_head), ''),
       (select count(*) from ({ACCOUNTS_OF_STAFF}) account where state in ('NONE', 'CODE_OVER')),
       (select count(*) from bringing), (select count(*) from deciding),
       coalesce((select count(*) = 1 and
                        (select count(*) from bringing) = 1 and (select count(*) from deciding) = 1
                   from (select id from bringing union select id from deciding) either), false),
       (select name from plan), (select from_on from plan), (select name from coming), (select from_on from coming),
       (select name from draft), (select count(*) from small),
       (select count(*) from atoms a, plan
         where a.to_on is null
           and not exists (select from plan_atoms pa where pa.plan_id = plan.id and pa.atom_id = a.id)),
       (select count(*) from without_a), coalesce((select min(name) from without_a), ''),
       (select count(distinct (feed, source)) from feed_adapters where text is not null),
       (select count(*) from taken where is_taken),
       (select count(*) from batches where state = 'LOADED'
         and feed in ('core_customer', 'crm_legacy', 'sunshine_credit', 'household')),
       (select count(*) from batches where state = 'HELD'),
       (select count(*) from taken where is_refused and not is_taken),
       (select max(data_date) from night_runs where state = 'DONE'),
       (select data_date from (select data_date, state from night_runs order by id desc limit 1) last
         where state = 'FAILED'),
       (select count(*) from customers where status = 'ACTIVE'),
       (select count(*) from walks where walk_on = (select max(walk_on) from walks))
"""  # noqa: S608


def opening_facts(rows: Rows, day: date) -> Facts:
    """As of a bank day."""
    (found,) = rows.execute(_FACTS, {"day": day})
    return replace(Facts(*found), two_for_feeds=are_two(rows, FEEDS))
