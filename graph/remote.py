"""Another SPARQL 1.1 store in place of our workers (``MATTRA_SPARQL_URL``), under the same limits.

Queries were checked before they come here, so that the store is asked nothing that would make it
ask others. It is asked by POST; redirects are not followed.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final
from urllib.parse import urlencode

import httpx

from graph import limits as errors
from graph.answers import Answer, Job
from graph.errors import InputError, QueryError
from graph.gate import Gate, Ticket
from graph.limits import LimitError, QueryLimits
from graph.meter import Meter
from graph.query import with_prefixes

_RESULTS: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml, application/rdf+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
_SHOWN: Final = 500


class Remote:
    """A store that is asked over HTTP.

    :param address: of its query endpoint, ``http`` or ``https``.
    :raises InputError: the address cannot be used.
    """

    def __init__(self, address: str, limits: QueryLimits | None = None) -> None:
        self.limits = limits or QueryLimits()
        self.gate = Gate(self.limits)
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, TypeError) as error:
            raise _unusable(address) from error
        if url.scheme not in ("http", "https") or not url.host:
            raise _unusable(address)
        self._url = url
        self._client = httpx.Client(follow_redirects=False, trust_env=False)

    def ask(
        self,
        job: Job,
        client: str = "",
        seconds: float | None = None,
        begun: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """Begin a query; see :class:`graph.answers.Engine`."""
        limit = self.limits.timeout
        seconds = limit if seconds is None else min(seconds, limit)
        answer = _RemoteAnswer(self, job, seconds, self.gate.enter(client))
        try:
            if begun:
                begun(answer)
            answer.start()
        except BaseException:
            answer.close()
            raise
        return answer

    def reload(self) -> None:
        """Do nothing: the other store answers from what it holds now."""

    def close(self) -> None:
        """Refuse later queries and close the connections."""
        self.gate.close()
        self._client.close()

    def request(self, job: Job, seconds: float) -> httpx.Response:
        """Send a query and return the response, its body unread.

        :raises httpx.HTTPError: the store cannot be reached.
        """
        pairs = [("query", f"BASE <{job.base}> " + with_prefixes(job.text))]
        pairs += [("default-graph-uri", iri) for iri in job.default or ()]
        pairs += [("named-graph-uri", iri) for iri in job.named or ()]
        request = self._client.build_request(
            "POST",
            self._url,
            content=urlencode(pairs).encode(),
            headers={
                "Accept": _RESULTS[job.format],
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept-Encoding": "identity",
            },
            timeout=seconds,
        )
        return self._client.send(request, stream=True)


class _RemoteAnswer(Answer):
    def __init__(self, remote: Remote, job: Job, seconds: float, ticket: Ticket) -> None:
        self._remote = remote
        self._job = job
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._ticket = ticket
        self._meter = Meter(job.format)
        self._response: httpx.Response | None = None
        self._parts: Iterator[bytes] = iter(())
        self._stopped = False

    def start(self) -> None:
        try:
            self._response = self._remote.request(self._job, self._seconds)
            if self._response.status_code != 200:
                raise self._refusal(self._response)
            self._parts = self._response.iter_raw(1 << 16)
        except httpx.TimeoutException as error:
            raise errors.too_slow(self._seconds) from error
        except httpx.HTTPError as error:
            raise _unreachable(str(error)) from error
        self.head = self.read() or b""

    def read(self) -> bytes | None:
        if self.whole:
            return None
        try:
            part = next(self._parts, None)
        except httpx.TimeoutException as error:
            raise errors.too_slow(self._seconds) from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise _unreachable(str(error)) from error
        if part is None:
            self.whole = True
            return None
        if self._stopped or time.monotonic() > self._until:
            raise errors.too_slow(self._seconds)
        self._meter.add(part)
        limits = self._remote.limits
        if self._meter.bytes > limits.bytes:
            raise errors.too_large(limits.bytes, "ไบต์", "bytes")
        if self._meter.rows > limits.rows:
            raise errors.too_large(limits.rows, "แถว", "rows")
        return part

    def stop(self) -> None:
        self._stopped = True

    def close(self) -> None:
        self._stopped = True
        if self._response is not None:
            with suppress(httpx.HTTPError):
                self._response.close()
        self._ticket.leave()

    def _refusal(self, response: httpx.Response) -> QueryError:
        said = b""
        for part in response.iter_raw(1 << 12):
            said = part
            break
        text = said[:_SHOWN].decode(errors="replace").strip()
        if response.status_code == 400:
            return QueryError(
                f"คำสั่ง SPARQL ไม่ถูกต้อง: {text}", f"the query is not valid SPARQL: {text}"
            )
        return _unreachable(f"HTTP {response.status_code} {text}")


def _unreachable(reason: str) -> LimitError:
    return LimitError(
        502,
        f"คลังข้อมูลที่ MATTRA_SPARQL_URL ไม่ตอบ: {reason}",
        f"the store at MATTRA_SPARQL_URL gave no answer: {reason}",
    )


def _unusable(address: str) -> InputError:
    return InputError(
        f"MATTRA_SPARQL_URL ต้องเป็นที่อยู่ http หรือ https ไม่ใช่ {address!r}",
        f"MATTRA_SPARQL_URL must be an http or https address, not {address!r}",
    )
