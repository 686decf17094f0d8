"""What may be a secret by its look, and how it is shown."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.concealing import (
    MASK,
    is_secret_name,
    masked_environment,
    masked_text,
    masked_value,
)

SECRET = [
    "API_TOKEN", "github_token", "GITHUBTOKEN", "accessToken", "DB_PASSWORD", "PASSWD",
    "GPG_PASSPHRASE", "MY_SECRET", "SECRETS", "AWS_ACCESS_KEY_ID", "APIKEY", "X-Api-Key",
    "GOOGLE_CREDENTIALS", "KEY", "key2", "MYSQL_PWD", "DB_PASS", "SMTP_PASS", "PASS2",
    "GITHUB_PAT", "REDIS_AUTH", "AUTHORIZATION", "Proxy-Authorization", "HTTP_COOKIE",
    "Set-Cookie", "SENTRY_DSN", "sig", "X-Amz-Signature",
]  # fmt: skip
OTHER = [
    "PWD", "OLDPWD", "KEYTIMEOUT", "XKEYBOARD", "KEYBOARD_LAYOUT", "GNOME_KEYRING_CONTROL",
    "SSH_AUTH_SOCK", "XAUTHORITY", "SSH_ASKPASS", "PATH", "PATTERN", "COMPASS", "BYPASS",
    "TOKENIZERS_PARALLELISM", "COOKIES_ACCEPTED", "AUTHOR", "é", "12",
]  # fmt: skip
PIECES = [*"ab =:,;\\\n\"'&(){}[]@/-", "--", "key", "://", "'\"'\"'", MASK, "${secret:a}"]


@pytest.mark.parametrize("name", SECRET)
def test_secret_names(name: str) -> None:
    """Values of names that speak of secrets are masked."""
    assert is_secret_name(name)
    assert masked_value(name, "abc") == MASK
    assert masked_value(name, "") == ""


@pytest.mark.parametrize("name", OTHER)
def test_other_names(name: str) -> None:
    """Names that only look similar keep their values."""
    assert masked_value(name, "abc") == "abc"


def test_references() -> None:
    """A reference to a secret is shown: it says which, and not what."""
    assert masked_value("API_TOKEN", "Bearer ${secret:web}") == "Bearer ${secret:web}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://me:pass@proxy:80/", "http://me:••••@proxy:80/"),
        ("GET https://a/?q=1&token=abc&r=2#x", "GET https://a/?q=1&token=••••&r=2#x"),
        (
            "https://me:${secret:pw}@a/?key=${secret:k}",
            "https://me:${secret:pw}@a/?key=${secret:k}",
        ),
        ("curl 'https://a/?token=abc'", "curl 'https://a/?token=••••'"),
        ("curl -H 'Authorization: Bearer abc' a", "curl -H 'Authorization: ••••' a"),
        ("API_TOKEN=abc ./sync --user=me", "API_TOKEN=•••• ./sync --user=me"),
        ("./sync --password='a b' c", "./sync --password=•••• c"),
        ("login(user='me', token='abc')", "login(user='me', token=••••)"),
        ('{"user": "me", "token": "a b"}', '{"user": "me", "token": ••••}'),
        ("mysql '--password=a b, c' d", "mysql '--password=••••' d"),
        ("export PASS=a#b,c)d}; ls", "export PASS=••••; ls"),
        ('curl -d "token=a b&c" x', 'curl -d "token=••••" x'),
        ("it's key=a b", "it's key=•••• b"),
        ("echo Status: ok && a --token=abc", "echo Status: ok && a --token=••••"),
        ('CMD="curl --token=abc" x', 'CMD="curl --token=••••" x'),
        ("a='user=me&key=b'", "a='user=me&key=••••'"),
        ("rsync -a key: docs", "rsync -a key: ••••"),
        ("backup --keep=7 keys=", "backup --keep=7 keys="),
        ('password = "a b"', "password = ••••"),
        ("API_TOKEN = 'abc' # for a", "API_TOKEN = •••• # for a"),
        ('token= "abc"', "token= ••••"),
        ("KEY= ./run", "KEY= ./run"),
        ('password: "a b"', "password: ••••"),
        ('password: str = "a b"', "password: ••••"),
        ("sh -c \"a -H 'X-Key: a b' c\" 'd'", "sh -c \"a -H 'X-Key: ••••' c\" 'd'"),
        ("{password:'abc', user:'me'}", "{password:••••, user:'me'}"),
        ("'password' => 'abc',", "'password' => ••••,"),
        ("login --password abc me", "login --password •••• me"),
        ("login --password --user me", "login --password --user me"),
        ("login --ask-password | cat", "login --ask-password | cat"),
        ('OPTS="--token abc --fast"', 'OPTS="--token •••• --fast"'),
        ('["login", "--token", "a b", "me"]', '["login", "--token", ••••, "me"]'),
        ('{"password": "a\\"b", "user": "me"}', '{"password": ••••, "user": "me"}'),
        ("login('me', password='a\\'b')", "login('me', password=••••)"),
        ('curl -d "{\\"token\\": \\"a b\\"}" x', 'curl -d "{\\"token\\": ••••}" x'),
        ("TOKEN=ab'c d' x", "TOKEN=•••• x"),
        ("TOKEN=a\\ b x", "TOKEN=•••• x"),
        ('TOKEN="a b"c x', "TOKEN=•••• x"),
        ('TOKEN="a b', "TOKEN=••••"),
        ('echo "Key: "; ./run', 'echo "Key: "; ./run'),
        ('"--token="abc', '"--token=••••'),
        ("sh -c 'a --token=it'\"'\"'s b'", "sh -c 'a --token=•••• b'"),
        ("curl 'https://a/?key=b' -H 'Accept: c'", "curl 'https://a/?key=••••' -H 'Accept: c'"),
    ],
)
def test_texts(text: str, shown: str) -> None:
    """Passwords and values of secret names are masked where they stand; the rest is not."""
    assert masked_text(text) == shown
    assert masked_value("LINE", text) == (text if "${secret" in text else shown)
    assert masked_text(shown) == shown


@given(
    name=st.sampled_from(SECRET),
    value=st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1),
)
def test_no_part_of_a_quoted_value_is_left(name: str, value: str) -> None:
    """What a list shows of arguments has nothing of a value behind a secret name."""
    argument = f"--{name}=Ä{value} Ö"
    shown = masked_text(shlex.join(["prog", argument, "end"]))
    assert shown == f"prog '--{name}={MASK}' end"


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_masked_text_stays_as_it_is(text: str) -> None:
    """What is masked where it is read and again where it is shown is masked once."""
    assert masked_text(masked_text(text)) == masked_text(text)


def test_whole() -> None:
    """An environment is shown by name, also where a value is no text."""
    found = masked_environment({"Z": "1", "KEY": "k", "A": "\udcff"})
    assert list(found.items()) == [("A", "\\udcff"), ("KEY", MASK), ("Z", "1")]
