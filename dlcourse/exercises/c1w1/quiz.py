"""The quiz of c1w1."""

from dlcourse.grading import Question

QUIZ = (
    Question(
        "Why can a single perceptron not compute XOR?",
        choices={
            "a": (
                "Its learning rate would have to be smaller.",
                "The rate only scales weights that start at zero; it changes no answer.",
            ),
            "b": (
                "Its border is one straight line, and no line puts 01 and 10 on one side and 00 "
                "and 11 on the other.",
                "Right. A hidden layer maps the four points to places where a line is enough.",
            ),
            "c": (
                "A step has no derivative.",
                "True, but the perceptron rule needs none; a sigmoid neuron fails on XOR as well.",
            ),
            "d": (
                "Four examples are too few.",
                "More copies of the same four points do not make a separating line appear.",
            ),
        },
        answer="b",
    ),
    Question(
        "A perceptron and a logistic neuron have the same weights and bias. What differs?",
        choices={
            "a": (
                "The line at which they change their mind.",
                "Both change at w·x + b = 0: the step jumps there, the sigmoid passes one half.",
            ),
            "b": (
                "What they do with w·x + b: one gives 0 or 1, the other a probability.",
                "Right. And a probability has a slope, which gradient descent can follow.",
            ),
            "c": (
                "The logistic neuron can separate classes that no line separates.",
                "Its border is the same line. Only hidden layers bend it.",
            ),
        },
        answer="b",
    ),
    Question(
        "You train a perceptron on two classes that overlap a little. What happens?",
        choices={
            "a": (
                "It finds the line with the fewest errors and stays there.",
                "It does not look for the fewest errors: each wrong example moves the line, "
                "wherever it is.",
            ),
            "b": (
                "It goes on moving the line for ever; you have to stop it.",
                "Right. Convergence is promised only where some line separates the classes.",
            ),
            "c": (
                "The weights become infinite.",
                "They stay bounded; the line wanders about without coming to rest.",
            ),
        },
        answer="b",
    ),
    Question(
        "J = 3(a + bc) at a = 5, b = 3, c = 2. By about how much does J change when b goes from 3 "
        "to 3.001?",
        choices={
            "a": ("0.003", "That is dJ/du · 0.001; but u = bc changes twice as much as b."),
            "b": ("0.006", "Right: dJ/db = dJ/dv · dv/du · du/db = 3 · 1 · c = 6."),
            "c": ("0.009", "That is dJ/dc · 0.001: the slope for b is the other factor, c = 2."),
            "d": ("0.033", "That is J/1000; derivatives tell how J changes, not how large it is."),
        },
        answer="b",
    ),
    Question(
        "In a computation graph one value is used in two places. Its derivative is",
        choices={
            "a": (
                "the product of what comes back along both ways.",
                "Derivatives multiply along one way, from box to box.",
            ),
            "b": ("the larger of the two.", "Both ways carry part of the effect."),
            "c": (
                "the sum of what comes back along both ways.",
                "Right: a nudge acts on the result through both, and the effects add up.",
            ),
        },
        answer="c",
    ),
    Question(
        "What does the parity of n bits show about depth?",
        choices={
            "a": (
                "Some functions need few units in a deep network, but exponentially many gates in "
                "a single hidden layer.",
                "Right: 3(n − 1) units in about log₂ n levels, against 2^(n−1) pattern detectors.",
            ),
            "b": (
                "One hidden layer cannot represent parity at all.",
                "It can, with a unit for every odd pattern. The problem is how many there are.",
            ),
            "c": (
                "A deep network always needs fewer units.",
                "Not always: for three bits the single layer takes 5 units, the tree 6.",
            ),
        },
        answer="a",
    ),
    Question(
        "Which network fits which task best?",
        choices={
            "a": (
                "House prices from a table: recurrent; photos: standard; speech: convolutional.",
                "A table has no order to follow, and a photo has neighbourhoods to use.",
            ),
            "b": (
                "House prices from a table: standard; photos: convolutional; speech: recurrent.",
                "Right: no structure among the columns, neighbourhood in space, order in time.",
            ),
            "c": (
                "All three: standard, if only it is large enough.",
                "It might work with endless data, but it would have to learn from examples what "
                "the other two know by construction.",
            ),
        },
        answer="b",
    ),
    Question(
        "Which of these is unstructured data?",
        choices={
            "a": (
                "A table of customers with age, income and purchases.",
                "Every column has a meaning of its own: that is structured.",
            ),
            "b": (
                "The clicks on an advertisement in a data base.",
                "Rows and columns: structured.",
            ),
            "c": (
                "Recordings of spoken words.",
                "Right: one sample of sound means nothing alone, like one pixel or one letter.",
            ),
        },
        answer="c",
    ),
)
