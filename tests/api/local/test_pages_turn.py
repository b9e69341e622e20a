"""Pages are built when the first night has read its files, and not after a run that failed or was interrupted."""

import pytest

from api.local.pages_turn import PagesTurn


def test_their_turn_comes_while_the_night_goes_on() -> None:
    turn = PagesTurn()
    with turn.over_if_this_fails():
        turn.comes()
        turn.comes()
        assert turn.is_awaited()
    assert turn.is_awaited()


def test_it_comes_at_the_end_where_no_night_read_anything() -> None:
    turn = PagesTurn()
    with turn.over_if_this_fails():
        pass
    assert turn.is_awaited()


@pytest.mark.parametrize("why", [RuntimeError, KeyboardInterrupt])
def test_it_never_comes_after_what_failed(why: type[BaseException]) -> None:
    turn = PagesTurn()
    with pytest.raises(why), turn.over_if_this_fails():
        raise why
    assert not turn.is_awaited()
