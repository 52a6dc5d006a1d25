"""Messages over a socket: a length, then that many bytes, with a bound and a deadline."""

import socket
import time

__all__ = ["Closed", "TooLarge", "TooSlow", "receive", "send"]

MAX_MESSAGE_BYTES = 256 * 2**20
_LENGTH_BYTES = 8
_CHUNK = 2**20


class Closed(Exception):
    """The other side is gone."""


class TooSlow(Exception):
    """The other side did not answer in time."""


class TooLarge(Exception):
    """The other side sent more than it may."""


def send(connection: socket.socket, message: bytes, seconds: float | None = None) -> None:
    """Send one message.

    Raises:
        Closed: If the other side is gone.
        TooSlow: If it does not take the message within `seconds`.
    """
    connection.settimeout(seconds)
    try:
        connection.sendall(len(message).to_bytes(_LENGTH_BYTES, "big"))
        connection.sendall(message)
    except TimeoutError as error:
        raise TooSlow from error
    except OSError as error:
        raise Closed from error


def receive(
    connection: socket.socket, seconds: float | None = None, max_bytes: int = MAX_MESSAGE_BYTES
) -> bytes:
    """Receive one message.

    Raises:
        Closed: If the other side is gone.
        TooSlow: If the whole message is not there within `seconds`.
        TooLarge: If it announces more than `max_bytes`.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    length = int.from_bytes(_read(connection, _LENGTH_BYTES, deadline), "big")
    if length > max_bytes:
        raise TooLarge
    return bytes(_read(connection, length, deadline))


def _read(connection: socket.socket, size: int, deadline: float | None) -> bytearray:
    data = bytearray()
    while len(data) < size:
        remaining = None if deadline is None else deadline - time.monotonic()
        if remaining is not None and remaining <= 0:
            raise TooSlow
        try:
            connection.settimeout(remaining)
            chunk = connection.recv(min(_CHUNK, size - len(data)))
        except TimeoutError as error:
            raise TooSlow from error
        except OSError as error:
            raise Closed from error
        if not chunk:
            raise Closed
        data += chunk
    return data
