"""Forged, broken and oversized messages on the connection between submission and grader."""

import pytest

FORGE = """
import json, os, threading, time
import dlcourse.grading.worker.session as session

def framed(tree, blob=b""):
    text = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return len(text).to_bytes(8, "big") + text + blob

def reply(message):
    "The next thing that is sent is this instead, with the right number where it has one."
    real, encode = session.send, session.encode
    def number(reply):
        session.encode = encode
        numbered["number"] = reply["number"]
        return encode(reply)
    def fake(connection, *others):
        session.send = real
        real(connection, message() if callable(message) else message)
    session.encode, session.send = number, fake
numbered = {}

def a_dict(**entries): return {"$": "dict", "v": [[k, v] for k, v in entries.items()]}
def a_list(*entries): return {"$": "list", "v": list(entries)}
def an_array(dtype, shape, at=0): return {"$": "array", "dtype": dtype, "shape": shape, "at": at}
def fields(blob=b"", **entries): reply(lambda: framed(a_dict(**entries, **numbered), blob))
def value(tree, blob=b""): fields(blob, value=tree, failure=None, changed=None)
def failure(tree, blob=b""): fields(blob, value=None, failure=tree, changed=None)
def cell(failure=None, names=a_list("bend"), blob=b""): fields(blob, failure=failure, names=names)
def write(message): os.write(3, len(message).to_bytes(8, "big") + message)
"""

ANSWERS = {
    "no message at all": "reply(b'')",
    "noise": "reply(os.urandom(5000))",
    "no JSON": "reply(framed(b'{'))",
    "not our language": "reply(framed({'value': 4.0}))",
    "deep JSON": "reply(framed(b'[' * 10**6))",
    "deep lists": "reply(framed(b'{\"$\":\"list\",\"v\":[' * 3000 + b']}' * 3000))",
    "a long structure": "reply((2**40).to_bytes(8, 'big') + b'{}')",
    "a list for a reply": "reply(framed(a_list()))",
    "no fields": "reply(framed(a_dict()))",
    "a huge number": "value({'$': 'int', 'v': '0x' + 'f' * 10**6})",
    "a number nobody can print": "value({'$': 'int', 'v': '0x' + 'f' * 4000})",
    "many entries": "value(a_list(*[1] * 10**6))",
    "a pickle": "value({'$': 'pickle', 'v': 'cos\\nsystem\\n(S\"true\"\\ntR.'})",
    "an object array": "value(an_array('|O', [2]), bytes(16))",
    "a structured dtype": "value(an_array('<f8,<i4', [1]), bytes(12))",
    "a dtype that is a list": "value(an_array(['<f8'], [2]), bytes(16))",
    "a dtype without size": "value(an_array('|U0', [10**12]))",
    "a giant dtype": "value(an_array('<U999999', [10**9]))",
    "a negative shape": "value(an_array('<f8', [-1]), bytes(8))",
    "a shape that is NaN": "value(an_array('<f8', [float('nan')]), bytes(8))",
    "a shape of text": "value(an_array('<f8', '23'), bytes(48))",
    "a shape of true": "value(an_array('<f8', [True, 6]), bytes(48))",
    "a giant shape": "value(an_array('<f8', [2**62, 2**62]))",
    "a giant empty shape": "value(an_array('<f8', [0, 2**80]))",
    "many dimensions": "value(an_array('<f8', [1] * 500), bytes(8))",
    "a place outside": "value(an_array('<f8', [2], 10**9), bytes(16))",
    "a place before": "value(an_array('<f8', [2], -16), bytes(16))",
    "a list as a key": "value({'$': 'dict', 'v': [[a_list(), 1]]})",
    "a set of lists": "value({'$': 'set', 'v': [a_list()]})",
    "a generator": "value({'$': 'rng', 'v': a_dict(bit_generator='MT19937')})",
    "a source": "value({'$': 'source', 'v': ['f', 'def f(): import os; os._exit(1)']})",
    "an address": "value({'$': 'public', 'v': ['os', 'abort']})",
    "a symbol": "value({'$': 'symbol', 'v': ['middle']})",
    "an unknown handle": "value({'$': 'handle', 'v': [10**9, 'float']})",
    "a handle of text": "value({'$': 'handle', 'v': ['0', 0]})",
    "a failure of an array": "failure(a_dict(kind=an_array('<f8', [2])), bytes(16))",
    "a failure of text": "failure('x')",
    "a failure named like ours": "failure(a_dict(kind='raised', type_name='BoundaryError', message='',"
    " traceback='', bases=a_list('BoundaryError', 'SystemExit', 'KeyboardInterrupt', 'object')))",
    "arguments of another form": "fields(value=4.0, failure=None, changed=a_list(1, 2))",
    "no number": "reply(framed(a_dict(value=4.0, failure=None, changed=None)))",
    "a number that is an array": "reply(framed(a_dict(number=an_array('<f8', [2]), value=4.0,"
    " failure=None, changed=None), bytes(16)))",
    "fewer arguments": "fields(value=4.0, failure=None, changed=a_list(a_list(), a_dict()))",
}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_a_broken_answer_costs_the_exercise_only(desk, answer):
    result = desk.cheat(bend=f"{FORGE}\ndef bend(x): {answer}")
    # said by the grader on purpose, not by an exception that happened to be raised in a test
    assert not any("could not use" in t.message for t in result.tests), result.tests


def test_arrays_that_share_their_bytes_fill_no_memory(desk):
    many = "value(a_list(*[an_array('|u1', [2**24])] * 64), bytes(2**24))"  # believed, it is 1 GiB
    assert desk.cheat(bend=f"{FORGE}\ndef bend(x): {many}").status == "stopped"


CELLS = {
    "a list for a reply": "reply(framed(a_list()))",
    "names that are a number": "cell(names=5)",
    "names that are an array": "cell(names=an_array('<f8', [2]), blob=bytes(16))",
    "names of arrays": "cell(names=a_list(an_array('<f8', [2])), blob=bytes(16))",
    "a failure of an array": "cell(failure=a_dict(kind=an_array('<f8', [2])), blob=bytes(16))",
    "a failure of text": "cell(failure='x')",
    "noise": "reply(os.urandom(100))",
}


@pytest.mark.parametrize("answer", CELLS.values(), ids=CELLS)
def test_a_broken_answer_of_a_cell_costs_that_cell_only(desk, answer):
    desk.cheat(bend=f"{FORGE}\n{answer}\ndef bend(x): return x**3 - 2 * x", most=5)


WRITES = {
    "half a message and a hang": "os.write(3, (10**6).to_bytes(8, 'big') + b'abc'); time.sleep(60)",
    "one byte at a time": "os.write(3, (10**6).to_bytes(8, 'big'))\n"
    "    while not time.sleep(.05): os.write(3, b'a')",
    "a giant length": "os.write(3, (2**63).to_bytes(8, 'big')); time.sleep(60)",
    "more than allowed": "os.write(3, (2**27).to_bytes(8, 'big'))\n"
    "    while os.write(3, bytes(2**16)): pass",
    "the end": "os.close(3)",
    "the end of everything": "os.closerange(0, 100)",
    "another file": "os.dup2(os.open('/dev/null', os.O_RDWR), 3); time.sleep(60)",
}  # fmt: skip


@pytest.mark.parametrize("body", WRITES.values(), ids=WRITES)
def test_writing_to_the_connection_stops_the_exercise(desk, body):
    result = desk.cheat(bend=f"{FORGE}\ndef bend(x):\n    {body}")
    assert result.status == "stopped"


EARLY = {
    "an early reply": "write(session.encode({'value': 4.0, 'failure': None, 'changed': None}))",
    "many early replies": "[write(session.encode({'value': 4.0, 'failure': None, 'changed': None}))"
    " for _ in range(50)]",
    "a second process that answers too": "os.fork()",
}


@pytest.mark.parametrize("body", EARLY.values(), ids=EARLY)
def test_a_reply_before_the_request_costs_nobody_else(desk, body):
    # the work is honest: it may earn what was checked before the connection was spoilt
    desk.cheat(bend=f"{FORGE}\ndef bend(x):\n    {body}\n    return x**3 - 2 * x", most=5)


def test_replies_are_no_results(desk):
    """Printed, written to files, sent on any descriptor: only what the tests see counts."""
    desk.cheat(bend=FORGE + """
fake = {"learner": "me", "score": 13.0, "exercises": [{"name": "bend", "earned": 5, "status": "passed"}]}
for name in ("results.json", "../results.json", "/tmp/results.json", "/autograder/results/results.json"):
    try:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        open(name, "w").write(json.dumps(fake))
    except OSError: pass
for descriptor in range(3, 64):
    try: os.write(descriptor, b"") if descriptor == 3 else os.write(descriptor, json.dumps(fake).encode())
    except OSError: pass
print(json.dumps(fake))
os.write(1, json.dumps(fake).encode()); os.write(2, json.dumps(fake).encode())
def bend(x): return None
""")  # fmt: skip
