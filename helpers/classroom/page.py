"""The board in a browser: one read-only page, behind a token."""

import asyncio
import hmac
import html
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from redis import RedisError
from tornado.web import Application, HTTPError, RequestHandler

from helpers.classroom.rows import LearnerRow, ideas, summary
from helpers.classroom.terminal import parts
from helpers.views import Picture

T = TypeVar("T")

FILES = {"board.css": "text/css", "board.js": "text/javascript"}
WEB = Path(__file__).parent / "web"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Only our own files run or load, whatever learners have stored."""

Look = Callable[[], list[LearnerRow]]
Draw = Callable[[str], list[Picture | str] | None]


def application(token: str, look: Look, draw: Draw) -> Application:
    """Return the web application; `look` returns the rows; `draw` takes a user and returns that
    learner's pictures, or None."""
    has = {"token": token}
    return Application(
        [
            ("/", Board, has),
            ("/rows", Rows, has | {"look": look}),
            ("/learner", Pictures, has | {"draw": draw}),
            (r"/(board\.\w+)", File, has),
        ],
        default_handler_class=Nothing,
        default_handler_args=has,
        template_path=str(WEB),
        log_function=lambda handler: None,
    )


class Guarded(RequestHandler):
    """Answers only GET, and only with the token: first from the address, then from a cookie, so
    that a projector doesn't show it for long."""

    def initialize(self, token: str) -> None:
        """Take the token."""
        self.token = token

    def set_default_headers(self) -> None:
        """Allow nothing from elsewhere."""
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def prepare(self) -> None:
        """Refuse a request without the token."""
        given = self.get_query_argument("token", "") or self.get_cookie(self.cookie, "")
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            raise HTTPError(403)

    @property
    def cookie(self) -> str:
        """Return the cookie's name; it has the port, because cookies don't tell a host's ports
        apart."""
        return f"board-{self.request.host.rpartition(':')[2]}"

    def write_error(self, status_code: int, **details: object) -> None:
        """Say in one sentence what is wrong."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(SENTENCES.get(status_code, self._reason) + "\n")

    async def asked(self, question: Callable[[], T]) -> T:
        """Ask the server in another thread, so that a slow answer holds up nobody else's page."""
        try:
            return await asyncio.get_running_loop().run_in_executor(None, question)
        except (RedisError, OSError):
            raise HTTPError(503) from None


SENTENCES = {
    403: "Open the address that the command printed: it ends with the token.",
    404: "There is no such page, or no such learner.",
    405: "This page only reads.",
    503: "The class server doesn't answer.",
}


class Board(Guarded):
    """The page itself."""

    def get(self) -> None:
        """Send the page; redirect a request with the token to the address without it."""
        if self.get_query_argument("token", ""):
            self.set_cookie(self.cookie, self.token, httponly=True, samesite="Strict")
            self.redirect("/")
        else:
            self.render("board.html")


class Rows(Guarded):
    """The current rows."""

    def initialize(self, token: str, look: Look) -> None:
        """Keep the function that looks."""
        super().initialize(token)
        self.look = look

    async def get(self) -> None:
        """Send the table's rows, each with a button for its pictures."""
        rows = await self.asked(self.look)
        self.render("rows.html", rows=rows, parts=parts, summary=summary, ideas=ideas)


class Pictures(Guarded):
    """One learner's pictures."""

    def initialize(self, token: str, draw: Draw) -> None:
        """Keep the function that draws."""
        super().initialize(token)
        self.draw = draw

    async def get(self) -> None:
        """Send the pictures as images, which run no scripts and load nothing."""
        user = self.get_query_argument("user", "")
        shown = await self.asked(lambda: self.draw(user))
        if shown is None:
            raise HTTPError(404)
        for one in shown:
            if isinstance(one, str):
                self.write(f"<p>{html.escape(one)}</p>")
            else:
                source = "data:image/svg+xml;charset=utf-8," + urllib.parse.quote(one.svg)
                self.write(f'<img src="{source}" alt="{html.escape(one.sentence)}">')


class File(Guarded):
    """The page's style sheet and script."""

    def get(self, name: str) -> None:
        """Send one of the two files."""
        if name not in FILES:
            raise HTTPError(404)
        self.set_header("Content-Type", f"{FILES[name]}; charset=utf-8")
        self.write((WEB / name).read_text("utf-8"))


class Nothing(Guarded):
    """Any other address."""

    def get(self) -> None:
        """Answer that there is nothing here."""
        raise HTTPError(404)
