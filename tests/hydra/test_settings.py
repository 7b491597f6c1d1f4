"""The settings that change `/api` (specification, section 20)."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest

from carnet import settings
from carnet.settings import SettingError


def test_without_any_there_are_the_defaults() -> None:
    read = settings.read({})
    assert read.hydra_prefix is True
    assert read.cors_origins == ("*",)
    assert (read.public_url, read.rate_limit, read.trusted_proxies) == ("", 0, ())


@pytest.mark.parametrize(
    ("variable", "raw", "expected"),
    [
        ("CARNET_HYDRA_PREFIX", "false", False),
        ("CARNET_HYDRA_PREFIX", "0", False),
        ("CARNET_HYDRA_PREFIX", "True", True),
        ("CARNET_PUBLIC_URL", "https://crm.example/notes/", "https://crm.example/notes"),
        ("CARNET_CORS_ORIGINS", "https://a.example, https://b.example", ("https://a.example", "https://b.example")),
        ("CARNET_RATE_LIMIT", "600", 600),
        ("CARNET_TRUSTED_PROXIES", "10.0.0.1 ::1", (ip_network("10.0.0.1/32"), ip_network("::1/128"))),
        ("CARNET_TRUSTED_PROXIES", "172.16.0.0/12", (ip_network("172.16.0.0/12"),)),
    ],
)
def test_each_is_read(variable: str, raw: str, expected: Any) -> None:
    assert getattr(settings.read({variable: raw}), variable.removeprefix("CARNET_").lower()) == expected


@pytest.mark.parametrize(
    ("variable", "raw"),
    [
        ("CARNET_HYDRA_PREFIX", "perhaps"),
        ("CARNET_PUBLIC_URL", "carnet.example"),
        ("CARNET_RATE_LIMIT", "-1"),
        ("CARNET_RATE_LIMIT", "many"),
        ("CARNET_TRUSTED_PROXIES", "everyone"),
    ],
)
def test_one_that_cannot_be_used_is_named(variable: str, raw: str) -> None:
    with pytest.raises(SettingError, match=variable):
        settings.read({variable: raw})
