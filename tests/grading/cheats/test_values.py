"""Answers that pretend to be right: objects that lie, questions that are changed, guessed seeds."""

import pytest

LIAR = """
class Liar(float):
    shape, size, ndim, dtype = (2, 3), 6, 2, float
    def _same(self, *others): return Liar()
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __abs__ = __neg__ = _same
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
    def __array__(self, *a, **k): return np.zeros((2, 3))
"""

OBJECTS = {
    "equals everything": """
class Equal:
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
def bend(x): return Equal()
""",
    "has methods of its own": """
class Liar:
    shape = (2, 3)
    def __len__(self): raise TypeError
    def __getitem__(self, i): raise IndexError
    def _same(self, *others): return Liar()
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __abs__ = __pow__ = _same
    sum = mean = max = min = astype = __array__ = _same
    def sqrt(self): return 0.0
    def __float__(self): return 4.0
def bend(x): return Liar()
""",
    "is a float that lies": LIAR + "def bend(x): return Liar(4.0)",
    "is an array that lies": """
class Liar(np.ndarray):
    __eq__ = __lt__ = lambda self, other: True
    def __array_ufunc__(self, *a, **k): return np.zeros((2, 3))
    def __array_function__(self, *a, **k): return 0.0
    def sum(self): return self
def bend(x): return np.zeros(np.shape(x)).view(Liar)
""",
    "is a dictionary that lies": """
class Liar(dict):
    shape = (2, 3)
    def __missing__(self, key): return 0.0
    def items(self): return Everything()
    def keys(self): return Everything()
class Everything(list):
    __contains__ = __eq__ = lambda self, other: True
def bend(x): return Liar()
""",
    "is an array of such objects": LIAR + """
class Item:
    def _same(self, *others): return Item()
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __abs__ = _same
    def sqrt(self): return 0.0
def bend(x): return np.array([Item() for _ in range(6)], dtype=object).reshape(2, 3)
""",
    "is a list of such objects": LIAR + "def bend(x): return [[object()] * 3] * 2",
    "is a class": "class bend:\n    shape = (2, 3)\n    def __init__(self, x): pass",
    "has the type of the guard": """
import dlcourse.grading.boundary as b
class Handle: number, kind = 0, "float"
class SymbolReference: name = "bend"
def bend(x): return [Handle(), SymbolReference(), b.SymbolReference("middle"), b.Handle(0, "f")][len(np.shape(x))]
""",
    "is a masked array": "def bend(x): return np.ma.masked_all(np.shape(x))",
    "holds nothing": "def bend(x): return np.empty((0,) * np.ndim(x))",
}  # fmt: skip


@pytest.mark.parametrize("source", OBJECTS.values(), ids=OBJECTS)
def test_an_object_cannot_pretend(desk, source):
    desk.cheat(bend=source)


GUESSES = {
    "not-a-number": "float('nan') * x",
    "infinity": "np.inf * np.ones(np.shape(x))",
    "zeros": "0 * x",
    "the argument": "x",
    "small numbers": "1e-300 * x",
    "random numbers": "np.random.normal(size=np.shape(x))",
    "random and odd": "np.sign(x) * np.random.random()",
    "complex numbers": "1j * x",
    "text": "np.full(np.shape(x), 'bend')",
    "a huge whole number": "10**4000",
    "a mapping to everything": "{i: x for i in range(9)}",
}


@pytest.mark.parametrize("value", GUESSES.values(), ids=GUESSES)
def test_a_guess_earns_at_most_one_test(desk, value):
    # "its results fit one another" holds for odd functions: a fifth of the points at the most
    desk.cheat(bend=f"def bend(x): return {value}", most=1)


CHANGES = {
    "zeroes": "x[...] = 0; return 0 * x",
    "asks for ones": "x[...] = 1; return -x",
    "empties": "x.resize((0, 0), refcheck=False); return x",
    "makes it objects": "x.dtype = 'i8'; x[...] = 0; return x.astype(float)",
    "by its memory": (
        "import ctypes; ctypes.memset(x.ctypes.data, 0, x.nbytes) if np.ndim(x) else 0; return 0 * x"
    ),
    "later": (
        "import threading; threading.Timer(0, lambda: x.fill(0)).start() if np.ndim(x) else 0; "
        "import time; time.sleep(.01); return 0 * x"
    ),
}


@pytest.mark.parametrize("body", CHANGES.values(), ids=CHANGES)
def test_the_question_cannot_be_changed(desk, body):
    source = f"def bend(x):\n    if not np.ndim(x): return 4.0\n    {body}"
    desk.cheat(bend=source)


def test_the_result_may_not_be_the_question(desk):
    desk.cheat(bend="def bend(x):\n    x -= x\n    return x", most=0)


STATES = {
    "draws zeros": "rng.bit_generator.state = {'bit_generator': 'PCG64', "
    "'state': {'state': 0, 'inc': 0}, 'has_uint32': 0, 'uinteger': 0}",
    "is of another kind": "rng.__setstate__(np.random.MT19937(0))",
    "is rewound": "rng.bit_generator.advance(-n)",
}


@pytest.mark.parametrize("change", STATES.values(), ids=STATES)
def test_the_next_random_inputs_are_not_the_learners_choice(desk, change):
    source = f"""
def draw(n, rng):
    numbers = rng.normal(size=n)
    {change}
    return numbers
"""
    result = desk.cheat(name="draw", most=2, draw=source)
    assert result.status == "passed"  # the numbers are fine, and our own generator is too


def test_the_seed_of_the_hidden_inputs_is_not_in_the_sandbox(desk):
    source = """
import gc, sys
def seen(depth=6):
    frame, found = sys._getframe(1), []
    while frame:
        found += [repr(v) for v in {**frame.f_locals}.values()]
        frame = frame.f_back
    return found + [repr(o) for o in gc.get_objects() if type(o).__module__.startswith("dlcourse")]
def bend(x):
    raise ValueError("seed found" if any("%d"[::-1] in text for text in seen()) else "nothing")
"""
    result = desk.cheat(bend=source.replace("%d", str(desk.seed)[-3::-1]))
    assert {t.message for t in result.tests} == {"ValueError: nothing"}


def test_expected_values_stay_out_of_arithmetic(desk):
    source = """
seen = []
class Curious:
    def _look(self, *others):
        seen.extend(others)
        return Curious()
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __rpow__ = _look
    __eq__ = __lt__ = lambda self, other: bool(seen.append(other)) or True
def bend(x):
    if seen: raise ValueError(f"seen: {seen}")
    return Curious()
"""
    result = desk.cheat(bend=source)
    assert not any("seen" in t.message for t in result.tests)


COUNTERS = {
    "methods that give objects": "def add(self, n): return Any()\n    count = property(lambda self: Any())",
    "attributes for everything": "def __getattr__(self, name): return Any()",
    "an object that is called": "add = count = Any()",
    "a shared count": "def add(self, n):\n        Tally.count = 7; return 7",
    "the last number": "def add(self, n):\n        self.count = n; return n",
}


@pytest.mark.parametrize("body", COUNTERS.values(), ids=COUNTERS)
def test_a_class_cannot_pretend_either(desk, body):
    # objects may come from a class, but no test takes one for a number
    source = f"""
class Any(int):
    __eq__ = __lt__ = __gt__ = lambda self, other: True
    __hash__ = lambda self: 0
    __call__ = __getattr__ = __getitem__ = lambda self, *others: Any()
class Tally:
    def __init__(self, start): pass
    {body}
"""
    desk.cheat(name="Tally", Tally=source)
