"""Which addresses a webhook may lead to: those of the public internet, and the networks that a setting names.

Names are resolved once, all that they lead to is checked, and the connection is made to an address that was checked.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Address = IPv4Address | IPv6Address
    Network = IPv4Network | IPv6Network

# IANA's registries of special-purpose addresses, and what clouds tell their machines secrets from.
_SPECIAL_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",  # Azure
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    map(
        IPv6Network,
        ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20"),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_LAST_32 = 2**32 - 1


class RefusedError(Exception):
    """An address that no webhook may lead to."""


def checked(found: Iterable[str], allowed: Iterable[Network] = ()) -> list[str]:
    """The addresses of a name, all of them checked. Raises RefusedError for one that isn't public or allowed."""
    networks = tuple(allowed)
    addresses = [_told(text) for text in found]
    for address in addresses:
        if not (_is_public(address) or any(address in network for network in networks)):
            raise RefusedError(str(address))
    return [str(address) for address in addresses]


def _told(text: str) -> Address:
    """The address that a text says: that of version 4 where one of version 6 only wraps it."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_4)
    if address in _NAT64:
        return _is_public(IPv4Address(int(address) & _LAST_32))
    return address in _PUBLIC_6 and not any(address in network for network in _SPECIAL_6)
