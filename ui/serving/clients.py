"""Who asks: the address of the client, through trusted proxies only."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from ui.settings import Network, ServerSettings

Address = IPv4Address | IPv6Address


def client_of(scope: Scope, settings: ServerSettings) -> Address | None:
    """Return the address of the client; None where the server was not told one.

    ``X-Forwarded-For`` is read from its end, for its beginning is whatever the client sent; the
    first address that is no trusted proxy is the client's.
    """
    peer = _address((scope.get("client") or ("", 0))[0])
    if peer is None or not _within(peer, settings.proxies):
        return peer
    named = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    for text in reversed(named):
        hop = _address(text)
        if hop is None:
            break
        peer = hop
        if not _within(peer, settings.proxies):
            break
    return peer


def may_read_metrics(scope: Scope, settings: ServerSettings) -> bool:
    """Tell whether a client is in the networks that may read the metrics.

    A request through a proxy that is not trusted may come from anywhere.
    """
    client = client_of(scope, settings)
    if client is None:
        return True
    peer = _address((scope.get("client") or ("", 0))[0])
    if "x-forwarded-for" in Headers(scope=scope) and client == peer:
        return False
    return _within(client, settings.metrics_networks)


def key_of(client: Address | None) -> str:
    """Return what limits are counted by: an IPv4 address, or the /64 that one IPv6 user has."""
    if isinstance(client, IPv6Address):
        return str(ip_network((client, 64), strict=False))
    return str(client)


def shortened(client: Address | None) -> str:
    """Return an address for the log: its network only, so that it names no person.

    >>> shortened(ip_address("203.0.113.77")), shortened(None)
    ('203.0.113.0/24', '-')
    """
    if client is None:
        return "-"
    return str(ip_network((client, 24 if client.version == 4 else 48), strict=False))


def _address(text: str) -> Address | None:
    try:
        found = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == each.version and address in each for each in networks)
