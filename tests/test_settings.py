"""The environment, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from carnet import settings


def test_without_a_word_carnet_serves_this_machine_from_a_file() -> None:
    found = settings.read({})
    assert (found.host, found.port, found.data, found.on_postgres) == ("127.0.0.1", 8000, Path("carnet-data"), False)


def test_an_option_beats_the_environment() -> None:
    assert settings.read({"CARNET_PORT": "9000"}, port=9001).port == 9001
    assert settings.read({"CARNET_PORT": "9000"}, port=None).port == 9000


@pytest.mark.parametrize(
    ("variable", "raw", "field", "value"),
    [
        ("CARNET_HYDRA_PREFIX", "no", "hydra_prefix", False),
        (
            "CARNET_CORS_ORIGINS",
            "https://a.example, https://b.example",
            "cors_origins",
            ("https://a.example", "https://b.example"),
        ),
        ("CARNET_PUBLIC_URL", "https://crm.example/notes/", "public_url", "https://crm.example/notes"),
        ("CARNET_WORKERS", "0", "workers", 1),
        ("CARNET_RATE_LIMIT", "60", "rate_limit", 60),
        ("CARNET_LANGUAGE", "FR", "language", "fr"),
        ("CARNET_LOG_LEVEL", "Warning", "log_level", "warning"),
    ],
)
def test_each_variable_is_read(variable: str, raw: str, field: str, value: object) -> None:
    assert getattr(settings.read({variable: raw}), field) == value


@pytest.mark.parametrize(
    ("variable", "raw"),
    [
        ("CARNET_PORT", "eighty"),
        ("CARNET_PORT", "70000"),
        ("CARNET_PORT", "-1"),
        ("CARNET_WORKERS", "1.5"),
        ("CARNET_HYDRA_PREFIX", "perhaps"),
        ("CARNET_PUBLIC_URL", "crm.example"),
        ("CARNET_DATABASE_URL", "mysql://x"),
        ("CARNET_TRUSTED_PROXIES", "the proxy"),
        ("CARNET_LANGUAGE", "xx"),
        ("CARNET_LOG_LEVEL", "loud"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(variable: str, raw: str) -> None:
    with pytest.raises(settings.SettingError, match=variable):
        settings.read({variable: raw})
