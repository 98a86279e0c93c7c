"""What is refused, and that nothing leads out of the working folder."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from skypact.app.folder import Folder
from skypact.app.safety import MOST_BODY, Door, is_loopback
from tests.app.conftest import Client, started

TRICKS = (
    "/static/../api.py",
    "/static/%2e%2e/api.py",
    "/static/..%2f..%2fapi.py",
    "/static//etc/passwd",
    "/api/scenarios/..%2fsecret.txt/text",
    "/api/scenarios/%2e%2e%2f%2e%2e%2fetc%2fpasswd/text",
    "/api/scenarios/secret.txt/text",
    "/api/drafts/..%2f..%2fx",
    "/api/drafts/.hidden",
)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "", "127.0.0.1.nip.io"]
)
def test_a_name_that_is_not_the_servers_is_refused(client: Client, host: str) -> None:
    assert client.ask("GET", "/api/scenarios", headers={"host": host}).status == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost", "http://localhost:1"])
def test_requests_of_other_pages_are_refused(client: Client, origin: str) -> None:
    assert client.get("/api/scenarios", origin=origin).status == 403
    assert client.get("/", origin=origin).status == 403


def test_the_page_itself_may_ask(client: Client) -> None:
    origin = f"http://localhost:{client.port}"
    host = f"localhost:{client.port}"
    assert client.ask("GET", "/api/scenarios", headers={"host": host, "origin": origin}).status == 200
    assert client.get("/api/scenarios", sec_fetch_site="cross-site").status == 403


@pytest.mark.parametrize("path", TRICKS)
def test_no_path_leads_out_of_what_may_be_read(client: Client, path: str) -> None:
    found = client.get(path)
    assert found.status in (400, 404)
    assert b"nobody" not in found.body
    assert b"root:" not in found.body


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.yaml").write_text("format: skypact-scenario/1\n", encoding="utf-8")
    (tmp_path / "in" / "link.yaml").symlink_to(tmp_path / "out.yaml")
    folder = Folder(tmp_path / "in")
    assert list(folder.scenarios()) == []
    assert folder.find("link") is None


@pytest.mark.parametrize("name", ["../x", "a/b", ".x", "", "x" * 200, "a\x00b", "con/..", "C:\\x"])
def test_a_file_is_saved_under_a_plain_name_only(client: Client, name: str) -> None:
    assert client.post("/api/save", {"name": name, "text": "a: 1\n"}).status == 422


def test_nothing_that_is_there_is_replaced(client: Client) -> None:
    before = (client.folder / "small.yaml").read_bytes()
    for name in ("small", "ukraine-2024-08-26"):
        assert client.post("/api/save", {"name": name, "text": "a: 1\n"}).status == 409
    assert (client.folder / "small.yaml").read_bytes() == before


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    headers = {"content-length": str(MOST_BODY + 1)}
    assert client.ask("POST", "/api/check", b"", headers).status == 413
    assert client.ask("POST", "/api/check", b"{}", {"content-length": "-1"}).status in (400, 413)


def test_a_body_without_a_length_is_refused_when_it_grows_too_large(client: Client) -> None:
    with socket.create_connection(("127.0.0.1", client.port), timeout=20) as line:
        head = (
            f"POST /api/check HTTP/1.1\r\nhost: localhost:{client.port}\r\ncontent-type: application/json\r\n"
        )
        line.sendall(f"{head}transfer-encoding: chunked\r\n\r\n".encode())
        piece = b"x" * 2**20
        try:
            for _ in range(MOST_BODY // 2**20 + 2):
                line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
            answer = line.recv(64)
        except OSError:  # it has hung up already
            return
    assert b" 413 " in answer


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_of_another_page_is_no_request(client: Client, kind: str) -> None:
    assert client.ask("POST", "/api/check", b"{}", {"content-type": kind}).status == 415


def test_a_bomb_of_aliases_is_a_problem_and_no_more(client: Client) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    found = client.post("/api/check", {"text": "\n".join(lines)})
    assert found.status == 200
    assert found.json()["problems"]
    assert client.ask("POST", "/api/check", b"[" * 200_000).status == 400


def test_every_answer_says_what_the_browser_may_do(client: Client) -> None:
    one, other = client.get("/"), client.get("/")
    policy = one.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy != other.headers["content-security-policy"], "a nonce is used once"
    assert b"<script>" not in one.body
    for path in ("/", "/api/scenarios", "/nothing", "/static/main.js"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "content-security-policy" in headers
        assert "access-control-allow-origin" not in headers


def test_beyond_this_machine_a_token_is_asked_for(tmp_path: Path) -> None:
    (server,) = [started(tmp_path, "0.0.0.0")]
    client = next(server)
    try:
        assert client.get("/").status == 401
        assert client.get("/api/scenarios").status == 401
        assert client.get("/enter?token=wrong").status == 401
        token = urlsplit(client.address).query
        entered = client.get(f"/enter?{token}")
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert client.get("/", cookie=cookie.partition(";")[0]).status == 200
        assert client.get("/", cookie="skypact-token=wrong").status == 401
    finally:
        server.close()


def test_only_this_machine_needs_no_token() -> None:
    assert [is_loopback(one) for one in ("127.0.0.1", "::1", "localhost", "127.9.9.9")] == [True] * 4
    assert not any(is_loopback(one) for one in ("0.0.0.0", "::", "192.168.0.1", "example.org"))
    assert Door.for_host("127.0.0.1").token is None
    assert len(Door.for_host("192.168.0.7").token or "") > 20
    assert "192.168.0.7" in Door.for_host("192.168.0.7").hosts
