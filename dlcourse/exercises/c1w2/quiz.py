"""The questions of the week on logistic regression."""

from dlcourse.grading import Question

__all__ = ["QUIZ"]


QUIZ = (
    Question(
        "What does the output a = σ(wᵀx + b) of logistic regression mean?",
        choices={
            "a": (
                "The distance of x from the decision boundary.",
                "That is z = wᵀx + b, up to a factor; the sigmoid turns it into something else.",
            ),
            "b": (
                "The estimated probability that the label of x is 1.",
                "Right: the model is trained as a Bernoulli distribution with this parameter.",
            ),
            "c": (
                "The share of the training examples that look like x.",
                "No examples are looked up when predicting: w and b are all that is left of them.",
            ),
            "d": (
                "The predicted class.",
                "The class is made from it with a threshold, usually 0.5; a itself lies between.",
            ),
        },
        answer="b",
    ),
    Question(
        "Why is logistic regression trained with the cross-entropy and not with the squared error "
        "of a?",
        choices={
            "a": (
                "The squared error cannot be differentiated behind a sigmoid.",
                "It can: its gradient has the extra factor a(1 − a), and that is the trouble.",
            ),
            "b": (
                "The squared error is always larger, so training takes longer.",
                "It is bounded by 1 and usually smaller. Its size is not the point; its shape is.",
            ),
            "c": (
                "The cross-entropy is convex in w and b and is the negative log-likelihood; the "
                "squared error behind a sigmoid is flat where the model is confidently wrong.",
                "Right: the flat regions come from the factor a(1 − a), which vanishes there.",
            ),
            "d": (
                "The cross-entropy gives a higher accuracy on any data.",
                "There is no such guarantee. What it guarantees is a single valley.",
            ),
        },
        answer="c",
    ),
    Question(
        "`a = np.random.default_rng(0).normal(size=5)`. What is the shape of `a + a.T`?",
        choices={
            "a": ("(5, 5)", "That would need a column and a row; a has one axis only."),
            "b": ("(5,)", "Right: a rank-1 array is its own transpose, so nothing broadcasts."),
            "c": ("(5, 1)", "A rank-1 array is no column. Reshape it to (5, 1) if you want one."),
            "d": ("An error", "The shapes are equal, so NumPy adds them without complaint."),
        },
        answer="b",
    ),
    Question(
        "X is (12288, 209), w is (12288, 1), b a number. Which line gives the z of all examples?",
        choices={
            "a": (
                "w.T @ X + b",
                "Right: (1, 12288) times (12288, 209) is (1, 209), and b is broadcast.",
            ),
            "b": ("w * X + b", "That is (12288, 209): products that are not yet summed."),
            "c": ("X @ w + b", "The inner axes are 209 and 12288: they do not fit."),
            "d": ("np.dot(w, X) + b", "The inner axes are 1 and 12288: transpose w first."),
        },
        answer="a",
    ),
    Question(
        "The cost of your training jumps up and down and grows. What do you try first?",
        choices={
            "a": (
                "More iterations.",
                "Each step overshoots; more of them overshoot further.",
            ),
            "b": (
                "A larger learning rate, to jump over the bumps.",
                "The steps are too long already. The cost of logistic regression has no bumps.",
            ),
            "c": (
                "Random weights instead of zeros.",
                "With one neuron and a convex cost the start does not decide where it ends.",
            ),
            "d": (
                "A smaller learning rate, and features of comparable size.",
                "Right: steps that are too long for the steepest direction make the cost grow.",
            ),
        },
        answer="d",
    ),
    Question(
        "Why may the weights of logistic regression start at zero, though those of a network with "
        "hidden layers may not?",
        choices={
            "a": (
                "They may not; they should be small random numbers here too.",
                "Zeros work: dw = X dZᵀ / m depends on the data, so each weight moves its own way.",
            ),
            "b": (
                "There is only one neuron, so there is no second one that could stay its twin.",
                "Right: equal units of a hidden layer get equal gradients and never part.",
            ),
            "c": (
                "Because the bias is not zero after the first step.",
                "The bias does not tell the features apart; the gradient of w does that by itself.",
            ),
            "d": (
                "Because the sigmoid of zero is zero.",
                "It is 0.5, and there the slope is largest: 0.25.",
            ),
        },
        answer="b",
    ),
    Question(
        "Both versions of propagate give the same numbers. Why is the one without loops so much "
        "faster?",
        choices={
            "a": (
                "It needs fewer multiplications.",
                "It needs exactly as many. What it saves is everything around them.",
            ),
            "b": (
                "It computes with fewer digits.",
                "Both use 64-bit floats.",
            ),
            "c": (
                "NumPy runs on the graphics card.",
                "NumPy runs on the CPU, where it uses compiled loops and vector instructions.",
            ),
            "d": (
                "The loop runs in compiled code that treats several numbers per instruction, "
                "without Python's work for every element.",
                "Right: Python checks types and creates objects for each multiplication.",
            ),
        },
        answer="d",
    ),
)
