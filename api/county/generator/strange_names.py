"""People whose names systems write each in its own way: with a dot, in Latin letters, with a character that is rare."""

from collections.abc import Callable
from enum import StrEnum

from api.county.generator import numbering
from api.county.generator.block import Block
from api.county.generator.dirt import RATES
from api.county.generator.families import Households, People

MEN = ("买买提", "艾力", "吐尔逊", "阿不都", "艾尼", "玉素甫", "库尔班", "巴合提", "叶尔江", "亚森")
WOMEN = ("阿依古丽", "热依汗", "古丽娜尔", "帕提曼", "米娜瓦尔", "玛依拉", "阿娜尔", "茹仙")
FOREIGN_MEN = ("JOHN SMITH", "ALEXANDER BROWN", "NGUYEN VAN MINH", "KIM MINHO", "IVAN PETROV")
FOREIGN_WOMEN = ("MARIA GARCIA", "NGUYEN THI LAN", "TRAN THI HOA", "OLGA IVANOVA", "EMILY CLARK")
# Characters outside of GBK with their pinyin. Older systems write one as it is, in a code of their own, or not at all.
RARE = {"䶮": "YAN", "㛃": "JIE", "㭎": "GANG", "𬭎": "HONG", "㑇": "ZHOU", "䢼": "GONG"}
_USER_DEFINED = {character: chr(0xE000 + place) for place, character in enumerate(RARE)}
_DOTS = ("", "•", "・", ".", "．", "‧", " ")


class Strange(StrEnum):
    DOTTED = "dotted_household"
    FOREIGN = "foreign_spouse"
    RARE = "rare_character"


def name_strangely(block: Block, households: Households, people: People) -> None:
    """Gives some their names, says so in `people.strange`, and gives foreigners their passports."""
    rng = block.rng(20)
    chosen = rng.random(len(households.members)).tolist()
    of_household = [draw < RATES[Strange.DOTTED] for draw in chosen]
    draws = rng.random((people.size, 2)).tolist()
    for i, (first, second) in enumerate(draws):
        h = int(people.household[i])
        if of_household[h]:
            _call_dotted(people, i, h, households.members[h].index(i), second)
        elif first < RATES[Strange.RARE]:
            rare = list(RARE)[int(second * len(RARE))]
            people.name[i] = people.name[i][: 1 if second < 0.5 or len(people.name[i]) < 3 else 2] + rare
            people.strange[i] = Strange.RARE
        elif people.role[i] == "S" and 20 <= people.age[i] <= 60 and first > 1 - RATES[Strange.FOREIGN]:
            pool = FOREIGN_MEN if people.is_male[i] else FOREIGN_WOMEN
            people.name[i] = pool[int(second * len(pool))]
            people.id_number[i] = numbering.passport(block.serial(i))
            people.strange[i] = Strange.FOREIGN
    for kind in Strange:
        block.counts[kind] += sum(found is kind for found in people.strange.values())


def _call_dotted(people: People, i: int, household: int, place: int, draw: float) -> None:
    own = MEN if people.is_male[i] else WOMEN
    people.name[i] = f"{own[(int(draw * len(own)) + place) % len(own)]}·{MEN[household % len(MEN)]}"
    people.strange[i] = Strange.DOTTED


def as_written(kind: str, name: str, draw: float, *, is_old_system: bool) -> tuple[str, str | None]:
    """(the name as a system writes it, the kind of dirt when that is not the name itself)."""
    rate, otherwise = _OTHERWISE[kind]
    if draw >= RATES[rate] or (kind == Strange.RARE and not is_old_system):
        return name, None
    written = otherwise(name, draw / RATES[rate])
    return written, (None if written == name else rate)


def _other_dot(name: str, draw: float) -> str:
    return name.replace("·", _DOTS[int(draw * len(_DOTS))])


def _other_order(name: str, draw: float) -> str:
    first, *rest = name.split(" ")
    if draw < 0.4:
        return " ".join([*rest, first])
    return name.title() if draw < 0.7 else name.replace(" ", "")


def _not_written(name: str, draw: float) -> str:
    rare = next(character for character in name if character in RARE)
    if draw < 0.35:
        return name.replace(rare, _USER_DEFINED[rare])
    return name.replace(rare, RARE[rare] if draw < 0.7 else ("?", "？", "〓")[int(draw * 97) % 3])


_OTHERWISE: dict[str, tuple[str, Callable[[str, float], str]]] = {
    Strange.DOTTED: ("dot_written_otherwise", _other_dot),
    Strange.FOREIGN: ("foreign_name_written_otherwise", _other_order),
    Strange.RARE: ("rare_character_not_written", _not_written),
}
