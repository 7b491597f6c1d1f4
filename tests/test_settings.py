"""The environment, read once."""

from __future__ import annotations

from ipaddress import ip_network
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
        ("CARNET_MONICA_RATE_LIMIT", "61", "monica_rate_limit", 61),
        ("CARNET_LANGUAGE", "FR", "language", "fr"),
        ("CARNET_LOG_LEVEL", "Warning", "log_level", "warning"),
        ("CARNET_SMTP_URL", "smtps://a:b@mail.example", "smtp_url", "smtps://a:b@mail.example"),
        ("CARNET_MAIL_FROM", "crm@carnet.example", "mail_from", ("", "crm@carnet.example")),
        ("CARNET_MAIL_FROM", "Halden team <a@b.example>", "mail_from", ("Halden team", "a@b.example")),
        ("CARNET_LLM_URL", "http://127.0.0.1:11434/v1/", "llm_url", "http://127.0.0.1:11434/v1"),
        ("CARNET_LLM_MODEL", "small", "llm_model", "small"),
        ("CARNET_LLM_KEY", "sk-1", "llm_key", "sk-1"),
        ("CARNET_WEBHOOK_ALLOW", "10.0.0.0/8", "webhook_allow", (ip_network("10.0.0.0/8"),)),
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
        ("CARNET_SMTP_URL", "mail.example"),
        ("CARNET_SMTP_URL", "http://mail.example"),
        ("CARNET_SMTP_URL", "smtp://mail.example/?tls=perhaps"),
        ("CARNET_MAIL_FROM", "nobody"),
        ("CARNET_MAIL_FROM", "Eve <eve@x.example>, a@b.example"),
        ("CARNET_LANGUAGE", "xx"),
        ("CARNET_LOG_LEVEL", "loud"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(variable: str, raw: str) -> None:
    with pytest.raises(settings.SettingError, match=variable):
        settings.read({variable: raw})


EVERY = {
    "CARNET_HOST": "::1",
    "CARNET_PORT": "0",
    "CARNET_DATA": "/srv/carnet",
    "CARNET_DATABASE_URL": "postgres://carnet@db/carnet",
    "CARNET_WORKERS": "4",
    "CARNET_PUBLIC_URL": "http://crm.example",
    "CARNET_CORS_ORIGINS": "https://a.example",
    "CARNET_RATE_LIMIT": "0",
    "CARNET_MONICA_RATE_LIMIT": "0",
    "CARNET_TRUSTED_PROXIES": "10.0.0.1/8, ::1",
    "CARNET_HYDRA_PREFIX": "On",
    "CARNET_LANGUAGE": "fr",
    "CARNET_LOG_LEVEL": "debug",
    "CARNET_SMTP_URL": "smtp://carnet:secret@mail.example",
    "CARNET_MAIL_FROM": "Carnet <carnet@halden.example>",
    "CARNET_LLM_URL": "https://models.example/v1",
    "CARNET_LLM_MODEL": "small",
    "CARNET_LLM_KEY": "sk-1",
    "CARNET_WEBHOOK_ALLOW": "127.0.0.0/8 ::1",
}


def test_every_setting_has_its_variable() -> None:
    names = {"CARNET_" + name.upper() for name in settings.Settings.__struct_fields__}
    assert names == set(EVERY)


def test_all_of_them_together() -> None:
    found = settings.read(EVERY)
    assert (found.host, found.port, found.workers, found.rate_limit) == ("::1", 0, 4, 0)
    assert (found.data, found.database_file) == (Path("/srv/carnet"), Path("/srv/carnet/carnet.db"))
    assert (found.database_url, found.on_postgres) == ("postgres://carnet@db/carnet", True)
    assert (found.public_url, found.cors_origins) == ("http://crm.example", ("https://a.example",))
    assert [str(network) for network in found.trusted_proxies] == ["10.0.0.0/8", "::1/128"]
    assert (found.hydra_prefix, found.language, found.log_level) == (True, "fr", "debug")
    assert (found.smtp_url, found.mail_from) == (EVERY["CARNET_SMTP_URL"], ("Carnet", "carnet@halden.example"))
    assert "secret" not in repr(found)
    assert (found.llm_url, found.llm_model, found.llm_key) == ("https://models.example/v1", "small", "sk-1")


@pytest.mark.parametrize("variable", sorted(EVERY))
def test_a_blank_variable_is_as_good_as_none(variable: str) -> None:
    for blank in ("", " ", "\t"):
        assert settings.read({variable: blank}) == settings.Settings()


@pytest.mark.parametrize("variable", sorted(EVERY))
def test_what_surrounds_a_value_is_not_part_of_it(variable: str) -> None:
    assert settings.read({variable: f" {EVERY[variable]}\n"}) == settings.read({variable: EVERY[variable]})


@pytest.mark.parametrize(
    ("name", "given"),
    [("host", "::1"), ("data", "here"), ("database_url", "postgresql://x"), ("workers", 3), ("hydra_prefix", False)],
)
def test_any_option_beats_its_variable(name: str, given: object) -> None:
    variable = "CARNET_" + name.upper()
    assert str(getattr(settings.read({variable: EVERY[variable]}, **{name: given}), name)) == str(given)


def test_an_option_that_cannot_be_used_names_its_variable_too() -> None:
    with pytest.raises(settings.SettingError, match="CARNET_PORT"):
        settings.read({}, port=70_000)


@pytest.mark.parametrize("raw", ["", "yes", "1", "TRUE", "on"])
def test_a_flag_is_said_in_several_words(raw: str) -> None:
    assert settings.read({"CARNET_HYDRA_PREFIX": raw}).hydra_prefix


@pytest.mark.parametrize(
    ("variable", "raw"),
    [
        ("CARNET_PORT", "\u0663"),
        ("CARNET_PORT", "9" * 5_000),
        ("CARNET_RATE_LIMIT", "-1"),
        ("CARNET_PUBLIC_URL", "ftp://crm.example"),
        ("CARNET_PUBLIC_URL", "https://"),
        ("CARNET_PUBLIC_URL", "http://[crm"),
        ("CARNET_DATABASE_URL", "carnet.db"),
        ("CARNET_TRUSTED_PROXIES", "10.0.0.0/8, 10.0.0.0/33"),
        ("CARNET_HYDRA_PREFIX", "2"),
        ("CARNET_LLM_URL", "127.0.0.1:11434"),
        ("CARNET_LLM_URL", "https://alice:sesame@models.example/v1"),
        ("CARNET_LLM_KEY", "two words"),
        ("CARNET_LLM_KEY", "clé"),
        ("CARNET_LLM_KEY", "a\nb"),
    ],
)
def test_these_cannot_be_used_either(variable: str, raw: str) -> None:
    with pytest.raises(settings.SettingError) as refusal:
        settings.read({variable: raw})
    assert str(refusal.value).startswith(f"{variable}: ")


def test_the_key_of_the_model_is_never_shown() -> None:
    found = settings.read({"CARNET_LLM_KEY": "sk-1"})
    assert found.llm_key == "sk-1"
    assert "sk-1" not in repr(found)
    assert "sk-1" not in str(found)
    assert repr(settings.Settings().llm_key) == "''"


@pytest.mark.parametrize(
    ("variable", "raw"), [("CARNET_LLM_KEY", "sesame open"), ("CARNET_LLM_URL", "https://alice:sesame@models.example")]
)
def test_a_secret_that_cannot_be_used_is_not_repeated(variable: str, raw: str) -> None:
    with pytest.raises(settings.SettingError) as refusal:
        settings.read({variable: raw})
    assert "sesame" not in str(refusal.value)
