"""A web server in a thread that serves bytes from memory and misbehaves when told to."""

import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

__all__ = ["serving"]


@contextmanager
def serving(files):
    """Serve `files` (name -> bytes); yields what a test turns and reads.

    Attributes of the result: url; files; requests (the Range header of each, or None); ranges
    (whether it knows them); statuses (taken one by one before anything is sent); cut (bytes after
    which the next answers end, taken one by one); gate (an Event that answers wait for after
    `cut` bytes instead of ending, if set to one); promise (whether it tells the length).
    """
    state = SimpleNamespace(
        files=files, requests=[], ranges=True, statuses=[], cut=[], gate=None, promise=True
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        if state.gate:
            state.gate.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(state):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            state.requests.append(self.headers.get("Range"))
            content = state.files.get(self.path.rsplit("/", 1)[-1])
            if state.statuses:
                return self.send_error(state.statuses.pop(0))
            if content is None:
                return self.send_error(404)
            return self.send_part(content, _start_of(self.headers.get("Range"), state))

        def send_part(self, content, start):
            if start and start >= len(content):
                return self.send_error(416)
            self.send_response(206 if start else 200)
            if start:
                last = len(content) - 1
                self.send_header("Content-Range", f"bytes {start}-{last}/{last + 1}")
            if state.promise:
                self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            return self.send_bytes(content[start:])

        def send_bytes(self, rest):
            gate, cut = state.gate, state.cut[0] if state.cut else len(rest)
            if state.cut and not gate:
                state.cut.pop(0)
                rest = rest[:cut]
            try:
                self.wfile.write(rest[:cut])
                if gate:
                    self.wfile.flush()
                    gate.wait(30)
                self.wfile.write(rest[cut:])
            except ConnectionError:
                pass  # the client was killed, which is the point of the test

        def log_message(self, *_):
            pass

    return Handler


def _start_of(wanted, state):
    return int(re.match(r"bytes=(\d+)-", wanted)[1]) if wanted and state.ranges else 0
