"""The collector is seldom only inside the block."""

import gc

from zhaoyin.cli.collector import YOUNG, seldom, untouched


def test_the_policy_holds_inside_and_is_taken_back() -> None:
    before = gc.get_threshold()
    with seldom():
        assert gc.get_threshold()[0] == YOUNG
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_it_is_taken_back_after_an_error() -> None:
    before = gc.get_threshold()
    try:
        with seldom():
            raise ValueError("a document that cannot be read")
    except ValueError:
        pass
    assert gc.get_threshold() == before


def test_it_rests_while_modules_are_loaded() -> None:
    with untouched():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with untouched():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
