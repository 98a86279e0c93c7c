"""What is refused before anything is done: other hosts, other origins, no token, too much.

The server listens on the loopback unless told otherwise.  Still any page in the same browser can send it requests, and a
name of an attacker's can be made to point to it; so the names in Host and Origin are checked, whatever the address.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skypact.app.endpoint import Refused, encoded, told
from skypact.app.models import MOST_BYTES

COOKIE = "skypact-token"
ENTER = "/enter"
MOST_BODY = 3 * MOST_BYTES
"""Of a request: a text of the largest size, written as JSON."""
MOST_AT_ONCE = 128
"""Requests under way; the next is refused."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "x-frame-options": "DENY",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Door:
    """Who may come in.

    Attributes
    ----------
    hosts
        The names by which the server may be called, without port.
    token
        What whoever comes in must have; None on the loopback.
    """

    hosts: frozenset[str] = frozenset(LOOPBACK)
    token: str | None = None

    @classmethod
    def for_host(cls, host: str) -> Door:
        """The door of a server that listens at an address: beyond the loopback it asks for a token."""
        if is_loopback(host):
            return cls()
        open_to_all = host in ("0.0.0.0", "::", "")
        hosts = frozenset({*LOOPBACK, *(own_names() if open_to_all else (host,))})
        return cls(hosts, secrets.token_urlsafe(24))


def is_loopback(host: str) -> bool:
    """Whether an address is of this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_names() -> tuple[str, ...]:
    """The names and addresses by which other machines may call this one."""
    import socket

    name = socket.gethostname()
    try:
        addresses = {str(one[4][0]) for one in socket.getaddrinfo(name, None)}
    except OSError:
        addresses = set()
    return (name, socket.getfqdn(), *sorted(addresses))


@dataclass
class Guard:
    """An ASGI application before the application: it refuses, and sets the headers of what is answered."""

    app: ASGIApp
    door: Door
    under_way: int = field(default=0, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope["nonce"] = nonce

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers["content-security-policy"] = POLICY.format(nonce=nonce)
                if "cache-control" not in headers:
                    headers["cache-control"] = "no-store"
            await send(message)

        self.under_way += 1
        try:
            headers = Headers(scope=scope)
            self._look_at(scope, headers)
            if self.door.token is not None and scope["path"] == ENTER:
                await self._enter(scope, dressed)
                return
            await self.app(scope, _limited(receive), dressed)
        except Refused as refused:
            await _say(refused, dressed)
        finally:
            self.under_way -= 1

    def _look_at(self, scope: Scope, headers: Headers) -> None:
        """Raise `Refused` where a request must not be answered."""
        if self.under_way > MOST_AT_ONCE:
            raise Refused(503, f"more than {MOST_AT_ONCE} requests at once", "wait a moment")
        host = headers.get("host", "")
        if _name(host) not in self.door.hosts:
            raise Refused(421, "this is not a name of this server", "call it as the terminal says")
        origin = headers.get("origin")
        if origin is not None and origin != f"{scope.get('scheme', 'http')}://{host}":
            raise Refused(403, "requests of other pages are not answered")
        if headers.get("sec-fetch-site", "same-origin") == "cross-site" and scope["path"].startswith("/api"):
            raise Refused(403, "requests of other pages are not answered")
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > MOST_BODY:
            raise Refused(413, f"a request has at most {MOST_BODY} bytes")
        if self.door.token is not None and scope["path"] != ENTER and not self._known(headers):
            raise Refused(401, "the token is missing", "open the address that the terminal shows")

    def _known(self, headers: Headers) -> bool:
        try:
            given = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return given is not None and _same(given.value, self.door.token)

    async def _enter(self, scope: Scope, send: Send) -> None:
        """Exchange the token for a cookie, and go on to the page without it in the address."""
        (given,) = parse_qs(scope["query_string"].decode("ascii", "replace")).get("token", [""])[:1]
        if not _same(given, self.door.token):
            raise Refused(401, "this is not the token", "open the address that the terminal shows")
        # A page that goes on by itself: a strict cookie is not sent where another site's link leads.
        page = b'<!doctype html><html lang="en"><title>Skypact</title><meta http-equiv="refresh" content="0;url=/"><p><a href="/">Go on</a></p>'
        cookie = f"{COOKIE}={self.door.token}; Path=/; HttpOnly; SameSite=Strict"
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"set-cookie", cookie.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": page})


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def _same(given: str, token: str | None) -> bool:
    return token is not None and hmac.compare_digest(given.encode(), token.encode())


def _limited(receive: Receive) -> Receive:
    """Receive no more than a request may have, whatever its headers say."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MOST_BODY:
            raise Refused(413, f"a request has at most {MOST_BODY} bytes")
        return message

    return limited


async def _say(refused: Refused, send: Send) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": encoded(told(refused.problems))})
