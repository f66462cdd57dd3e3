"""Settings: each is documented, read, and refused where it is none."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from api.settings import PREFIX, ServiceSettings
from matcher.errors import InputError

TABLE = (Path(__file__).parents[2] / "docs" / "service.md").read_text("utf-8")


def test_each_setting_stands_in_the_table_with_its_default() -> None:
    """In the order of the class; none that is not there."""
    rows = re.findall(r"^\| `MATCHER_(\w+)` \| ([^|]+) \|", TABLE, flags=re.M)
    assert [name for name, _ in rows] == [each.name.upper() for each in fields(ServiceSettings)]
    usual = ServiceSettings()
    for name, written in rows:
        value = getattr(usual, name.lower())
        if value is None:
            continue
        if isinstance(value, float):
            assert float(written) == value
        else:
            assert written == {False: "no", frozenset(): "none"}.get(value, str(value))


def test_settings_are_read_from_the_environment() -> None:
    """By kind; an empty one is the default."""
    read = ServiceSettings.of(
        {
            "MATCHER_THREADS": "3",
            "MATCHER_WAIT_SECONDS": "0.5",
            "MATCHER_OPEN_METRICS": "yes",
            "MATCHER_CORS_ORIGINS": "https://A.example, https://b.example",
            "MATCHER_MODEL": "",
            "OTHER": "x",
        }
    )
    assert (read.threads, read.wait_seconds, read.open_metrics, read.model) == (3, 0.5, True, None)
    assert read.cors_origins == {"https://a.example", "https://b.example"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THREADS", "many"),
        ("THREADS", "0"),
        ("OPEN_METRICS", "perhaps"),
        ("BODY_SECONDS", "-1"),
        ("BODY_SECONDS", "nan"),
        ("WEBHOOK_SECONDS", "0"),
        ("CORS_ORIGINS", "*"),
    ],
)
def test_a_value_that_is_none_is_refused_by_name(name: str, value: str) -> None:
    """The sentence says which, and what to give."""
    with pytest.raises(InputError, match=PREFIX + name) as refused:
        ServiceSettings.of({PREFIX + name: value})
    assert name == "CORS_ORIGINS" or "leave it away" in refused.value.message
