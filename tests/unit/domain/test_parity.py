"""Environments are compared by what they do, and shown without secrets."""

from __future__ import annotations

from deskcron.domain.concealing import MASK
from deskcron.domain.parity import compared


def test_secrets_that_differ():
    """Secrets that differ are said to, and shown by neither side."""
    [one] = compared({"MY_KEY": "a"}, {"MY_KEY": "b"}, ":").different
    assert (one.here, one.there) == (MASK, MASK)


def test_a_reference_and_its_value():
    """What a terminal has in place of a reference is not shown: it may be the secret."""
    [one] = compared({"P": "${secret:web}"}, {"P": "hunter2"}, ":").different
    assert (one.here, one.there) == ("${secret:web}", MASK)


def test_what_is_masked_already():
    """A value that was kept masked counts as equal as far as one can tell."""
    kept = {"MY_KEY": MASK, "http_proxy": f"http://me:{MASK}@p"}
    found = compared(kept, {"MY_KEY": "b", "http_proxy": "http://me:x@p"}, ":")
    assert found.is_same
    assert not compared(kept, {"MY_KEY": "b", "http_proxy": "http://me:x@q"}, ":").is_same


def test_the_order_of_the_path():
    """The same folders in another order find other programs; empty and repeated ones do not."""
    found = compared({"PATH": "/a:/b"}, {"PATH": "/b:/a"}, ":")
    assert found.is_path_reordered
    assert not found.is_same
    assert compared({"PATH": "/a::/b:/a"}, {"PATH": "/a:/b"}, ":").is_same


def test_one_path_alone():
    """A PATH that only one side has is told as a variable and by its folders."""
    found = compared({}, {"PATH": "/a:/b"}, ":")
    assert found.path_only_there == ("/a", "/b")
    assert found.only_there == {"PATH": "/a:/b"}
