"""The quiz of c1w4."""

from dlcourse.grading import Question

QUIZ = (
    Question(
        "Backpropagation is the chain rule plus memoization. What does the memoization change?",
        choices={
            "a": (
                "The gradients become more exact.",
                "They are the same numbers with and without it, to the last digit.",
            ),
            "b": (
                "The number of multiplications, which otherwise grows exponentially with depth.",
                "Right. 64-20-7-5-1 takes 3 132 instead of 2 541 427 352 for one example.",
            ),
            "c": (
                "The memory: less has to be stored.",
                "The other way round: it pays with memory, for every layer's A and Z, for speed.",
            ),
            "d": (
                "The number of steps that gradient descent needs.",
                "The steps are the same; each one is computed with less work.",
            ),
        },
        answer="b",
    ),
    Question(
        "Layer l goes backward through ReLU. What must its forward pass have kept?",
        choices={
            "a": (
                "Only W[l] and b[l].",
                "They are not enough: dW[l] needs A[l-1], and the slope of ReLU needs Z[l].",
            ),
            "b": (
                "A[l-1], W[l] and Z[l].",
                "Right: A[l-1] for dW, W for dA[l-1], Z for the slope of the activation.",
            ),
            "c": (
                "The cost.",
                "The cost is a number to look at; none of the gradients is computed from it.",
            ),
            "d": (
                "The gradients of layer l-1.",
                "Those do not exist yet: they are computed from the ones of layer l.",
            ),
        },
        answer="b",
    ),
    Question(
        "Layers of 64, 20, 7 and 1 units, 300 examples in columns. What is the shape of dW[2], "
        "and of dZ[2]?",
        choices={
            "a": (
                "(20, 7) and (300, 7)",
                "That is the convention with examples in rows. Here they are columns.",
            ),
            "b": (
                "(7, 20, 300) and (7, 300)",
                "dW has the shape of W: the product dZ Aᵀ has summed the examples up.",
            ),
            "c": (
                "(7, 20) and (7, 300)",
                "Right: a gradient has the shape of what it belongs to.",
            ),
            "d": (
                "(7, 20) and (7, 1)",
                "(7, 1) is the shape of db[2]. dZ[2] has a column for each example, like Z[2].",
            ),
        },
        answer="c",
    ),
    Question(
        "Which of these does gradient descent find by itself?",
        choices={
            "a": ("The learning rate.", "A hyper-parameter: it decides how the search goes."),
            "b": (
                "The number of hidden layers.",
                "A hyper-parameter: the cost has no slope in the number of layers.",
            ),
            "c": (
                "The biases of the hidden units.",
                "Right: weights and biases are the parameters; they have gradients.",
            ),
            "d": (
                "The number of steps.",
                "A hyper-parameter, chosen by looking at the cost, or better at unseen data.",
            ),
        },
        answer="c",
    ),
    Question(
        "Why is dZ[L] = A[L] - Y a better start than dA[L] = -(Y/A[L] - (1-Y)/(1-A[L]))?",
        choices={
            "a": (
                "It stays finite where the output is 0 or 1, and holds for a softmax too.",
                "Right: the division and the slope of the activation cancel on paper, so the "
                "program never has to divide.",
            ),
            "b": (
                "It is an approximation that is faster to compute.",
                "It is exact: the factor A(1-A) cancels the denominators.",
            ),
            "c": (
                "It works for any cost.",
                "It belongs to the cross-entropy. With a squared error the slope of the sigmoid "
                "stays.",
            ),
            "d": (
                "It avoids the cache of the last layer.",
                "A[L-1] is still needed for dW[L].",
            ),
        },
        answer="a",
    ),
    Question(
        "A network with four layers is started with weights of 0.01 and ReLU. One tenth of the "
        "examples are positive, and its cost stays at 0.325 for thousands of steps. Why?",
        choices={
            "a": (
                "The learning rate is too high.",
                "Then the cost would jump or rise; here it stands still.",
            ),
            "b": (
                "Each layer shrinks the signal, and on the way back the gradient; only the output "
                "bias learns, and answers 0.1 to everything.",
                "Right: -(0.1 log 0.1 + 0.9 log 0.9) = 0.325. Weights of scale 1/√n keep the "
                "signal alive.",
            ),
            "c": (
                "All units compute the same thing.",
                "That is what zero weights do. Random weights of 0.01 differ, but are too small.",
            ),
            "d": (
                "Four layers are too many for this task.",
                "The same network learns it in a few hundred steps from a better start.",
            ),
        },
        answer="b",
    ),
    Question(
        "One image in ten shows a two. A classifier is right for 90 % of the images. What has it "
        "learned?",
        choices={
            "a": (
                "A good deal: 90 % is far above the 50 % of guessing.",
                "Guessing is not the yardstick: saying no to everything reaches 90 % as well.",
            ),
            "b": (
                "Perhaps nothing: always saying no gives 90 % too.",
                "Right. Compare with the most frequent answer, and look at both kinds of error.",
            ),
            "c": (
                "Everything but the noise in the labels.",
                "Nothing says that a tenth of the labels is wrong; look at the errors first.",
            ),
        },
        answer="b",
    ),
    Question(
        "Why look at single mislabelled images, most confident errors first, when the accuracy "
        "is known?",
        choices={
            "a": (
                "To correct the test labels until the accuracy is right.",
                "Changing only the labels that the network missed would flatter it.",
            ),
            "b": (
                "To put these images into the training data.",
                "Then they could no longer tell how the network does on unseen images.",
            ),
            "c": (
                "They show what kind of image fails, which tells what to do next: more such data, "
                "another preprocessing, wrong labels.",
                "Right. One number says how often it fails; the images say why.",
            ),
        },
        answer="c",
    ),
)
