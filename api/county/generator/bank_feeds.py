"""Rows of application, guarantee, fx and facts: what the bank's other systems and a third party tell."""

from api.county.generator.clerks import Chance
from api.county.generator.files import yuan
from api.county.generator.lending import Lending
from api.county.generator.rows import SEPARATOR, FeedRows, day
from api.county.generator.world import World

_APPLIES = 0.06  # of all holders within a year and a half
_STATES = ("4", "4", "4", "4", "5", "6", "1", "2", "3")
_CAME_BY = ("1", "2", "3", "3", "9")
_DECIDED_TONIGHT = 25  # of one application in so many
_REVALUED = 30
_PRODUCTS = ("个人经营贷款", "个人消费贷款", "惠农快贷", "小微企业流动资金贷款")
_GUARANTEE, _CONTRACT = 6, 1  # places in the line of a loan
_KINDS = {"保证": "1", "抵押": "2", "质押": "3"}
_COLLATERAL = {"1": "", "2": "住宅房产", "3": "定期存单"}
# Yuan for so many units: the day before and today. Invented.
_RATES = {"USD": (100, 712_34, 711_90), "HKD": (100, 91_52, 91_47), "EUR": (100, 775_06, 776_41)}
TELLER, PATENT_OFFICE, PATENTS = "市农业农村局", "省知识产权局", "有效专利数"


def bank_rows(world: World, lending: Lending) -> list[FeedRows]:
    return [_application(world), _guarantee(world, lending), _fx(world), _facts(world)]


def _application(world: World) -> FeedRows:
    rows, chance = FeedRows("application"), Chance(world.block.rng(50))
    as_of = world.block.timeline.as_of.toordinal()
    for h in range(world.holders.size):
        if chance.draw() >= _APPLIES:
            continue
        applied = as_of - 4 - int(chance.draw() * 540)
        is_old = applied < as_of - 60
        state = _STATES[int(chance.draw() * (6 if is_old else len(_STATES)))]
        is_person = world.holder_person[h] >= 0
        product = _PRODUCTS[int(chance.draw() * 3) if is_person else 3]
        amount = (1 + int(chance.draw() ** 2 * 40)) * (10_000 if is_person else 100_000)
        is_decided = state in ("4", "5", "6")
        head = [f"SQ{world.block.serial(h):010d}", world.holder_number(h), "", "", product, yuan(amount * 100),
                day(applied), _CAME_BY[int(chance.draw() * len(_CAME_BY))]]  # fmt: skip
        granted = yuan(round(amount * 0.8) * 100) if state == "4" else ""
        decided = day(min(as_of - 1, applied + 9)) if is_decided else ""
        columns = [*head, state, decided, granted, "", world.holder_outlet(h)]
        is_new = h % _DECIDED_TONIGHT == 6
        columns = [*head, "4", day(as_of), yuan(amount * 100), "", columns[-1]] if is_new else columns
        before = [*head, "3", "", "", "", columns[-1]] if is_new else columns
        rows.add_changed(columns, before, None, 0, amount * 100, amount * 100)
        rows.tell(head[0], world.holder_party(h))
    return rows


def _guarantee(world: World, lending: Lending) -> FeedRows:
    """One for each contract whose loans are not unsecured; the neighbour among the holders stands for it."""
    rows, chance, seen = FeedRows("guarantee"), Chance(world.block.rng(51)), set[str]()
    as_of = world.block.timeline.as_of.toordinal()
    for k, prefix in enumerate(lending.prefix):
        loan = prefix.split(SEPARATOR)
        contract, kind = loan[_CONTRACT], _KINDS.get(loan[_GUARANTEE])
        if kind is None or contract in seen or world.loans.start[k] >= as_of:
            continue
        seen.add(contract)
        by = int(chance.draw() * world.holders.size)
        amount = int(world.loans.amount_yuan[k]) * 100
        value = yuan(round(amount * (1.2 + chance.draw()))) if kind != "1" else ""
        head = [f"DB{contract[2:]}", contract, kind]
        who = [world.holder_number(by), "", _name(world, by)] if kind == "1" else ["", "", ""]
        tail = [day(int(world.loans.end[k]) + 730), "1"]
        columns = [*head, *who, _COLLATERAL[kind], yuan(amount), value, day(world.loans.start[k]), *tail]
        is_valued_anew = k % _REVALUED == 2
        before = [*columns[:9], day(world.loans.start[k]), *tail]
        columns = [*columns[:9], day(as_of), *tail] if is_valued_anew else columns
        rows.add_changed(columns, before if is_valued_anew else columns, None, 0, amount, amount)
        rows.tell(head[0], world.holder_party(by if kind == "1" else int(world.loans.holder[k])))
    return rows


def _name(world: World, holder: int) -> str:
    person = int(world.holder_person[holder])
    return world.people.name[person] if person >= 0 else world.firms.name[int(world.holder_firm[holder])]


def _fx(world: World) -> FeedRows:
    """The bank's rates, once; of yen there is none, so that a currency without a rate is seen."""
    rows, timeline = FeedRows("fx"), world.block.timeline
    for currency, (units, before, today) in _RATES.items() if world.block.number == 0 else ():
        row = [[currency, day(on), str(units), yuan(rate)]
               for on, rate in ((timeline.as_of, today), (timeline.day_before, before))]  # fmt: skip
        rows.add_changed(row[0], row[1], None, 0)
    return rows


def _facts(world: World) -> FeedRows:
    """Of farms that the agriculture office lists, and of patents of firms."""
    rows, chance = FeedRows("facts"), Chance(world.block.rng(52))
    as_of = world.block.timeline.as_of.toordinal()
    for i in range(world.people.size):
        if 25 <= world.people.age[i] < 65 and chance.draw() < 0.03:
            listed = "家庭农场" if chance.draw() < 0.6 else "种养大户"
            since = day(as_of - 90 - 30 * (i % 40))
            what = ["P", world.people.id_number[i], TELLER, listed, "", "", "", since, day(as_of - 90)]
            _told(rows, what, world.person_party(i), is_new=i % 40 == 9)
    for f, kind in enumerate(world.firms.kind):
        if kind == "E" and chance.draw() < 0.3:
            patents = str(1 + int(chance.draw() * 12))
            what = ["F", world.firms.uscc[f], PATENT_OFFICE, PATENTS, "", patents, "", "", day(as_of - 30)]
            _told(rows, what, world.firm_party(f), is_new=f % 40 == 9)
    return rows


def _told(rows: FeedRows, columns: list[str], party: int, *, is_new: bool) -> None:
    rows.add_changed(columns, None if is_new else columns, None, 0)
    rows.tell("/".join(columns[:4]), party)
