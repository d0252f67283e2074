"""Every setting of the server, with defaults that are safe on an open network."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final

from graph.errors import InputError
from graph.settings import from_environment

PREFIX: Final = "MATTRA_SERVER_"
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class ServerSettings:
    """Settings of ``mattra serve``, each set by a variable such as MATTRA_SERVER_ALLOWED_HOSTS.

    :param allowed_hosts: domain names that a request may ask for, with commas; ``*.example.go.th``
        allows what is below a name and ``*`` any. IP addresses, ``localhost`` and names without a
        dot are always allowed: no outsider can make a browser send those to this machine.
    :param trusted_proxies: addresses or networks of proxies whose ``X-Forwarded-For`` is believed.
    :param metrics_from: networks that may read ``/metrics``.
    :param cors_origins: origins of pages that may call ``/api`` from a browser; ``*`` for any.
    :param requests_per_minute: of one client address, in each worker; 0 for no limit.
    :param requests_burst: of one client address at once.
    :param questions_per_minute: the same for what costs a search: questions, what applies.
    :param questions_burst: questions of one client address at once.
    :param uploads_per_minute: the same for files to check.
    :param uploads_burst: files of one client address at once.
    :param client_addresses: addresses whose limits are held; the longest idle is forgotten.
    :param max_body_bytes: of a request that is no upload.
    :param max_upload_bytes: of a file to check; a million assessments are 230 MiB of CSV.
    :param body_idle_seconds: between two pieces of a request's body.
    :param job_workers: files checked at a time.
    :param job_queue: files that may wait for their turn; more are refused.
    :param job_seconds: that one file may take; then its check is stopped.
    :param result_seconds: after which a report and its job are deleted, with the file where it was
        kept for its sender.
    :param spool: folder in which the server makes one of its own for uploads and reports, and
        sweeps those of servers that died; by default the temporary folder.
    :param max_feedback_bytes: of the file that keeps what users think of answers; once it is full
        no more is kept.
    :param shutdown_seconds: that requests under way have to end after SIGTERM.
    """

    allowed_hosts: str = ""
    trusted_proxies: str = ""
    metrics_from: str = "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7"
    cors_origins: str = ""
    requests_per_minute: float = 6_000.0
    requests_burst: int = 1_000
    questions_per_minute: float = 1_800.0
    questions_burst: int = 600
    uploads_per_minute: float = 60.0
    uploads_burst: int = 30
    client_addresses: int = 10_000
    max_body_bytes: int = 2 * 2**20
    max_upload_bytes: int = 300 * 2**20
    body_idle_seconds: float = 30.0
    job_workers: int = 2
    job_queue: int = 8
    job_seconds: float = 900.0
    result_seconds: float = 3_600.0
    spool: str = ""
    max_feedback_bytes: int = 10 * 2**20
    shutdown_seconds: int = 30

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "ServerSettings":
        """Return the settings, with those that the environment sets.

        :raises InputError: a number or a network that cannot be meant.

        >>> ServerSettings.from_environment({"MATTRA_SERVER_JOB_QUEUE": "3"}).job_queue
        3
        """
        settings = from_environment(cls, PREFIX, environment)
        _ = settings.proxies, settings.metrics_networks
        return settings

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The domain names allowed, in small letters."""
        return tuple(_parts(self.allowed_hosts.lower()))

    @cached_property
    def proxies(self) -> tuple[Network, ...]:
        """The networks of trusted proxies."""
        return _networks("TRUSTED_PROXIES", self.trusted_proxies)

    @cached_property
    def metrics_networks(self) -> tuple[Network, ...]:
        """The networks that may read the metrics."""
        return _networks("METRICS_FROM", self.metrics_from)

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The origins whose pages may call the API."""
        return tuple(_parts(self.cors_origins))


def _parts(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(",")) if part]


def _networks(name: str, text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part, strict=False) for part in _parts(text))
    except ValueError as error:
        raise InputError(
            f"ค่า {PREFIX}{name} ต้องเป็นที่อยู่ IP หรือเครือข่าย คั่นด้วยจุลภาค เช่น 10.0.0.0/8 ไม่ใช่ {text!r}",
            f"{PREFIX}{name} is IP addresses or networks with commas such as 10.0.0.0/8: {error}",
        ) from error
