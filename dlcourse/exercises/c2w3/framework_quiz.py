"""The quiz of c2w3."""

from dlcourse.grading import Question

__all__ = ["QUIZ"]

QUIZ = (
    Question(
        "Nine settings can be tried, for a learning rate that matters a lot and an ε that hardly "
        "matters. Why nine random points rather than a grid of 3 × 3?",
        choices={
            "a": (
                "Random points lie closer together.",
                "They do not, on average. What counts is how often each parameter changes.",
            ),
            "b": (
                "The grid tries three learning rates, the random points nine.",
                "Right: all that a grid varies along the unimportant direction is wasted.",
            ),
            "c": (
                "A grid needs a validation set, random search does not.",
                "Both compare settings on the dev set.",
            ),
            "d": (
                "Random search always finds the optimum.",
                "Nothing does. It only spends its trials better.",
            ),
        },
        answer="b",
    ),
    Question(
        "A learning rate between 0.0001 and 1 is to be drawn. How?",
        choices={
            "a": (
                "α = 0.0001 + 0.9999 · u, with u uniform from 0 to 1",
                "Nine tenths of the draws would lie between 0.1 and 1.",
            ),
            "b": (
                "α = 10^r with r uniform from −4 to 0",
                "Right: each power of ten gets as many draws.",
            ),
            "c": (
                "α = 1 − 10^r with r uniform from −4 to 0",
                "That is for a β close to 1, where 0.999 and 0.9995 differ by a factor of two.",
            ),
            "d": (
                "α = u⁴, with u uniform from 0 to 1",
                "It goes down to 0, and a power of ten still does not get the same share.",
            ),
        },
        answer="b",
    ),
    Question(
        "A layer is followed by batch normalization. What becomes of its bias b?",
        choices={
            "a": (
                "It is learned as always.",
                "The mean contains b as well and is subtracted: nothing is left to learn from.",
            ),
            "b": (
                "It can be left out: the mean takes it away, and β does its work.",
                "Right, and its gradient is exactly 0.",
            ),
            "c": (
                "It must be 1, so that the variance is not 0.",
                "A constant does not change a variance. ε keeps the division finite.",
            ),
            "d": (
                "It is added after the normalization.",
                "What is added there is β, a parameter of the normalization.",
            ),
        },
        answer="b",
    ),
    Question(
        "Which mean and variance normalize a single example at prediction?",
        choices={
            "a": (
                "Its own.",
                "It would be its own mean, and every example would come out as β.",
            ),
            "b": (
                "Those of the last batch of the training.",
                "One batch is too noisy. Averages over many are kept for this purpose.",
            ),
            "c": (
                "Exponentially weighted averages that were kept during training.",
                "Right. With them an example's result does not depend on its neighbours.",
            ),
            "d": (
                "0 and 1.",
                "That would leave out the normalization that the next layers are used to.",
            ),
        },
        answer="c",
    ),
    Question(
        "Why does batch normalization also regularize a little?",
        choices={
            "a": (
                "It shrinks the weights, like L2.",
                "It does not; the scale of weights before it does not even matter.",
            ),
            "b": (
                "The statistics of a mini-batch are noisy, so each unit is a little different in "
                "every batch.",
                "Right: noise on hidden units, as in dropout but weaker. With larger batches it "
                "fades.",
            ),
            "c": (
                "It has fewer parameters.",
                "It has more: γ and β for each unit, of which β only replaces the bias.",
            ),
            "d": (
                "It normalizes the labels.",
                "It never sees them.",
            ),
        },
        answer="b",
    ),
    Question(
        "A softmax of ten classes begins with a loss of 9. What do you suspect?",
        choices={
            "a": (
                "Nothing: losses begin anywhere.",
                "A network that knows nothing gives 0.1 to each class, and −log 0.1 is 2.3.",
            ),
            "b": (
                "The network is certain and wrong: the scores begin too large, or softmax is "
                "missing or applied to the wrong axis.",
                "Right. log C is the first number to check in every training.",
            ),
            "c": (
                "The learning rate is too small.",
                "Before the first step the rate has done nothing yet.",
            ),
            "d": (
                "There are too few hidden layers.",
                "Without any hidden layer the loss begins at 2.3 as well.",
            ),
        },
        answer="b",
    ),
    Question(
        "In a function under @tf.function stands `step = step + 1`, with `step` a Python number. "
        "What is step after 100 calls?",
        choices={
            "a": (
                "100",
                "In plain Python, yes. Compiled, this line is not part of the graph.",
            ),
            "b": (
                "As often counted as the function was traced, usually once.",
                "Right: Python runs while tracing. What must change with each call belongs in a "
                "tf.Variable.",
            ),
            "c": (
                "0, since TensorFlow undoes it.",
                "Nothing is undone: the line ran when the function was traced.",
            ),
            "d": (
                "It is an error to use Python numbers there.",
                "It is allowed, and becomes a constant of the graph. That is the trap.",
            ),
        },
        answer="b",
    ),
    Question(
        "Cross-validation gives network A 99 % on train and 86 % on held-out data, network B 87 % "
        "and 84 %. Which statement is fair?",
        choices={
            "a": (
                "A is better, and finished: 86 is more than 84.",
                "It is ahead, but 13 points between train and held-out data are a lot left to win.",
            ),
            "b": (
                "B is better, since its gap is smaller.",
                "A small gap alone is no merit: a network that guesses has none.",
            ),
            "c": (
                "A is ahead by two points and has variance to fight, B has bias; A with "
                "regularization is the next thing to try. Whether two points mean anything depends "
                "on the spread over the folds.",
                "Right: the score, the gap and the spread together.",
            ),
            "d": (
                "Nothing can be said without the test set.",
                "The test set is for the very last number. To choose, held-out folds are right.",
            ),
        },
        answer="c",
    ),
)
