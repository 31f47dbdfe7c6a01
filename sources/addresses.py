"""Which network addresses may be talked to: the public ones, and the networks named in the settings."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Our own list: `is_private` and `is_global` differ between Python versions and let some of these through.
REFUSED: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        # Of IPv6 only 2000::/3 is handed out. The rest holds ::1, mapped and translated IPv4 (::ffff:0:0/96,
        # 64:ff9b::/96, 64:ff9b:1::/48), unique local, link-local, site-local and multicast addresses.
        "::/3",
        "4000::/2",
        "8000::/1",
        "2001::/23",  # Teredo, ORCHID and other protocol assignments
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, holds an IPv4 address
        "3fff::/20",  # documentation
    )
)


def parsed(text: str) -> Address:
    """The address written as ``text``, as `socket.getaddrinfo` gives it; a zone (``%eth0``) is dropped."""
    return ip_address(text.partition("%")[0])


def is_inside(address: Address, networks: Sequence[Network]) -> bool:
    """Does the address lie in one of the networks?"""
    return any(address.version == network.version and address in network for network in networks)


def may_connect(address: Address, *, port: int, is_encrypted: bool, allowed: Sequence[Network]) -> bool:
    """May we connect there? A network named in the settings also lifts the rules on https and the port."""
    if is_inside(address, allowed):
        return True
    return is_encrypted and port == 443 and not is_inside(address, REFUSED)
