"""A client that notes what it is told to send, for the checks; otherwise it is redis-py's own."""

import time
from typing import Any

import redis
from redis.client import Pipeline
from redis.exceptions import NoPermissionError

from helpers.connection import evidence
from helpers.connection.book import Book
from helpers.connection.sent import sent


class NotingClient(redis.Redis):
    """A client whose commands, sent in the main thread by a learner, become evidence of an
    attempt."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send one command, and note it with its answer or error."""
        book = evidence.listening()
        if book is None:
            return super().execute_command(*args, **options)
        return _noted(book, super().execute_command, args, options)

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> Pipeline:
        """Return a pipeline that notes, too."""
        return NotingPipeline(
            self.connection_pool, self.response_callbacks, transaction, shard_hint
        )


class NotingPipeline(Pipeline):
    """A pipeline whose commands become evidence when they are sent."""

    def execute(self, raise_on_error: bool = True) -> list:
        """Send what was collected; note each command with its answer or error."""
        book = evidence.listening()
        if book is None:
            return super().execute(raise_on_error)
        commands, began = list(self.command_stack), time.perf_counter()
        together = bool(self.transaction or self.explicit_transaction) and len(commands) > 1
        self._replies: list | None = None
        error: BaseException | None = None
        try:
            self._replies = super().execute(raise_on_error)
            return self._replies
        except BaseException as raised:
            error = raised
            raise
        finally:
            seconds = time.perf_counter() - began
            replies = self._replies or [error] * len(commands)
            for (args, _), reply in zip(commands, replies, strict=False):
                failed = reply if isinstance(reply, BaseException) else None
                book.note(sent(args, None if failed else reply, failed, seconds, together))

    def raise_first_error(self, commands: Any, response: list) -> None:
        """Keep all replies before the first error among them hides the others."""
        self._replies = list(response)
        super().raise_first_error(commands, response)

    def immediate_execute_command(self, *args: Any, **options: Any) -> Any:
        """Send one command at once, as after WATCH."""
        book = evidence.listening()
        if book is None:
            return super().immediate_execute_command(*args, **options)
        return _noted(book, super().immediate_execute_command, args, options)


def _noted(book: Book, send: Any, args: tuple, options: dict) -> Any:
    began = time.perf_counter()
    try:
        answer = send(*args, **options)
    except NoPermissionError as error:
        if args[0] != "EVAL":  # On a class server, the same script is called by its digest next
            book.note(sent(args, None, error, time.perf_counter() - began))
        raise
    except BaseException as error:
        book.note(sent(args, None, error, time.perf_counter() - began))
        raise
    book.note(sent(args, answer, None, time.perf_counter() - began))
    return answer
