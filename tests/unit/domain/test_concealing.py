"""What may be a secret by its look, and how it is shown."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from re._parser import parse
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
from countedpattern import CountedPattern
from hypothesis import example, given
from hypothesis import strategies as st

from deskcron.domain import concealing, namedvalues, secret
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
    "Set-Cookie", "SENTRY_DSN", "sig", "X-Amz-Signature", "API_KEYS", "DELETE_TOKEN", "SEND_KEY",
    "PUBLIC_KEY_PASSWORD", "PRIVATE_KEY",
]  # fmt: skip
OTHER = [
    "PWD", "OLDPWD", "KEYTIMEOUT", "XKEYBOARD", "KEYBOARD_LAYOUT", "GNOME_KEYRING_CONTROL",
    "SSH_AUTH_SOCK", "XAUTHORITY", "SSH_ASKPASS", "PATH", "PATTERN", "COMPASS", "BYPASS",
    "TOKENIZERS_PARALLELISM", "COOKIES_ACCEPTED", "AUTHOR", "é", "12", "PUBLIC_KEY", "sshPubKey",
    "PUBKEYS", "public-key-file", "KEY_FILE", "TOKEN_PATH", "PASSWORD_FILE", "key-size", "KEY_TYPE",
    "SECRET_NAME", "list-keys", "LIST_SECRET_KEYS", "recv-keys",
]  # fmt: skip
SIGN = "qz"
"""What a value has at its edges and within, and nothing else has."""
LETTERS = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]))
MODULES = [concealing, namedvalues, secret]
WAYS = {
    "in a shell": lambda name, value: f"{name}={shlex.quote(value)} ./run",
    "over lines": lambda name, value: f"{name}={shlex.quote(value + chr(10) + value)} ./run",
    "as an argument": lambda name, value: shlex.join(["run", f"--{name}={value}", "-x"]),
    "behind an option": lambda name, value: shlex.join(["run", f"--{name}", value, "-x"]),
    "in an argument": lambda name, value: f"sh -c {shlex.quote(f'run --{name}={quote(value)}')}",
    "in JSON": lambda name, value: json.dumps({"a": 1, name: value, "b": 2}),
    "in a list": lambda name, value: json.dumps(["run", f"--{name}", value]),
    "in Python": lambda name, value: f"login({name}={value!r}, user='me')",
    "in a table": lambda name, value: repr({"a": 1, name: value}),
    "in a header": lambda name, value: f'curl -H "{name}: Some {quote(value)} x" -x',
    "in an address": lambda name, value: f"curl 'https://a/?a=1&{name}={quote(value)}&b=2'",
}
"""How a name is written with its value."""
PIECES = [
    *(
        "key",
        "key=",
        "password: ",
        "--key ",
        "://",
        MASK,
        "${secret:a}",
        "-----BEGIN PRIVATE KEY-----",
    ),
    *("'\"'\"'", "'\\''", '\\"', "--", *"ab =:,;\\\n\"'&(){}[]@/-"),
]


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
        ("gpg --list-keys x", "gpg --list-keys x"),
        ("gpg --export --recv-keys=x", "gpg --export --recv-keys=x"),
        ("for key in a: key = 3", "for key in a: key = 3"),
        ("sort --key 12 a", "sort --key 12 a"),
        ("a key = 1234 api_key=3", "a key = •••• api_key=••••"),
        ("sign --public-key-file a --key-file b", "sign --public-key-file a --key-file b"),
        ("http://me:a@b@proxy:80/", "http://me:••••@proxy:80/"),
        ("http://me:@proxy:80/", "http://me:@proxy:80/"),
        ('["sh", "a --token=\'b\'", "c"]', '["sh", "a --token=••••", "c"]'),
        ('x: key="""a\n\'b"""; c', "x: key=••••; c"),
        ("TOKEN='a\nb' ./run", "TOKEN=•••• ./run"),
        ("A='--token=a\nb' c", "A='--token=••••' c"),
        ("A --token=a'b\nc", "A --token=••••'b\nc"),
        ("-H 'Authorization: Bearer ${secret:a}'", "-H 'Authorization: Bearer ${secret:a}'"),
        ("AUTH='--token b ${secret:a}'", "AUTH='--token •••• ${secret:a}'"),
        ("key: token: a ${secret:b} c", "key: token: ••••${secret:b} c"),
        ("curl 'https://a/?key=b' -H 'Accept: c'", "curl 'https://a/?key=••••' -H 'Accept: c'"),
        ('log(f"password=a b")', 'log(f"password=••••")'),
        ('password: a b"password= c', 'password: ••••"password=••••'),
        ("sh -c 'password= \"a b' c", "sh -c 'password=••••' c"),
        ("a='--token=b\\", "a='--token=••••"),
        ("a='--token=b\n--key=c'd", "a='--token=••••'d"),
        ("a='--token=b\n--key=c ${secret:a}", "a='--token=••••\n--key=•••• ${secret:a}"),
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


@pytest.mark.parametrize("way", sorted(WAYS))
@given(name=st.sampled_from(SECRET), first=LETTERS, second=LETTERS)
def test_nothing_of_a_value_is_left(way: str, name: str, first: str, second: str) -> None:
    """However it is written, a value with the name of a secret is masked from end to end."""
    text = WAYS[way](name, SIGN.join(["", first, second, ""]))
    assert SIGN in text
    shown = masked_text(text)
    assert SIGN not in shown
    assert masked_text(shown) == shown


@given(user=st.sampled_from(["", "me"]), first=LETTERS, second=LETTERS)
def test_nothing_of_a_password_in_an_address_is_left(user: str, first: str, second: str) -> None:
    """An at sign within it does not end it."""
    password = SIGN.join(["", first.replace("/", ""), second.replace("/", ""), ""])
    assert SIGN not in masked_text(f"curl https://{user}:{password}@host/path")


def test_a_private_key_is_masked_without_a_name() -> None:
    """What begins like one is masked up to its end, over lines."""
    begin, end = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
    text = f"cat <<EOF\n{begin}\nab+/c\nd==\n{end}\nEOF"
    assert masked_text(text) == f"cat <<EOF\n{begin}{MASK}{end}\nEOF"
    assert masked_text(f"grep -- '{begin}' x; ls") == f"grep -- '{begin}' x; ls"


def kept_patterns(module: ModuleType) -> Iterator[tuple[dict[str, Any], str, re.Pattern[str]]]:
    """Yield each pattern of a module with where it is kept, also of those that go by a sign."""
    own = vars(module)
    for place in (own, *(one for one in own.values() if isinstance(one, dict))):
        for name, one in place.items():
            if isinstance(one, re.Pattern):
                yield place, name, one


def looks_at(text: str) -> int:
    """Return how many letters are looked at to mask a text."""
    counted = []
    with pytest.MonkeyPatch.context() as patch:
        for place, name, one in [kept for module in MODULES for kept in kept_patterns(module)]:
            counted.append(CountedPattern(one))
            patch.setitem(place, name, counted[-1])
        masked_text(text)
    return sum(one.looks for one in counted)


@given(
    st.lists(st.sampled_from(PIECES), max_size=8),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8),
)
@example([], ["password: ", "\n", '\\"'])
@example([], ["://", "a", ":", "\n", "'\\''", "key="])
def test_the_look_at_a_text_takes_time_by_its_length(before: list[str], again: list[str]) -> None:
    """However often something came before, to come once more costs as much."""
    few, more, most = (looks_at("".join([*before, *again * times])) for times in (6, 12, 18))
    assert most - more == more - few


@pytest.mark.parametrize("module", MODULES)
def test_no_pattern_tries_the_same_again_with_less(module: ModuleType) -> None:
    """No repeat without end gives back what it has taken."""
    parsed = [str(parse(one.pattern, one.flags)) for _, _, one in kept_patterns(module)]
    assert len(parsed) > 1
    assert [one for one in parsed if re.search(r"M(AX|IN)_REPEAT, \(\d+, MAXREPEAT", one)] == []


@given(st.lists(st.sampled_from(PIECES)).map("".join))
@example("""'key=\n\\"key='"'"'""")
@example("""token=key='"'"'${secret:a}""")
def test_masked_again_a_text_shows_no_more(text: str) -> None:
    """What is masked where it is read may be masked again where it is shown."""
    once = masked_text(text)
    letters = iter(once.replace(MASK, ""))
    assert all(letter in letters for letter in masked_text(once).replace(MASK, ""))


def test_whole() -> None:
    """An environment is shown by name, also where a value is no text."""
    found = masked_environment({"Z": "1", "KEY": "k", "A": "\udcff"})
    assert list(found.items()) == [("A", "\\udcff"), ("KEY", MASK), ("Z", "1")]
