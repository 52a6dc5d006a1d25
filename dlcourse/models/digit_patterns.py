"""What the ten digits look like in seven by twelve points: targets for LeNet-5's last layer."""

import numpy as np

__all__ = ["digit_patterns"]

HEIGHT, WIDTH = 12, 7
# drawn for this project, the digits 0 to 9 side by side
DRAWINGS = """
..###.. ...#... ..###.. .#####. .....#. ####### ...###. ####### ..###.. ..###..
.#...#. ..##... .#...#. #.....# ....##. #...... ..#.... ......# .#...#. .#...#.
#.....# .#.#... #.....# ......# ...#.#. #...... .#..... ......# #.....# #.....#
#.....# ...#... ......# ......# ..#..#. #...... #...... .....#. #.....# #.....#
#.....# ...#... ......# .....#. .#...#. ######. #...... .....#. .#...#. #.....#
#.....# ...#... .....#. ..###.. #....#. ......# #.###.. ....#.. ..###.. .#...##
#.....# ...#... ....#.. .....#. #....#. ......# ##...#. ....#.. .#...#. ..###.#
#.....# ...#... ...#... ......# ####### ......# #.....# ...#... #.....# ......#
#.....# ...#... ..#.... ......# .....#. ......# #.....# ...#... #.....# ......#
#.....# ...#... .#..... ......# .....#. ......# #.....# ..#.... #.....# .....#.
.#...#. ...#... #...... #.....# .....#. #.....# .#...#. ..#.... .#...#. ....#..
..###.. .#####. ####### .#####. .....#. .#####. ..###.. ..#.... ..###.. .###...
"""


def digit_patterns():
    """The digits 0 to 9 as rows of 84 points, 1 for ink and −1 for paper.

    Digits that look alike have patterns that are near each other, so that the features of a
    doubtful image need not be far from either.

    Returns:
        float32 (10, 84), each row a drawing of 12 rows of 7 points in reading order.

    Reference:
        LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998, §II-B and
        figure 3: the idea and the size; the drawings here are others.

    Example:
        >>> one = digit_patterns()[1].reshape(12, 7)
        >>> ["".join("#" if point > 0 else "." for point in row) for row in one[:4]]
        ['...#...', '..##...', '.#.#...', '...#...']
    """
    lines = DRAWINGS.split()  # first rows of all digits, then second rows, …
    points = np.array([[point == "#" for point in line] for line in lines])
    points = points.reshape(HEIGHT, 10, WIDTH).swapaxes(0, 1)
    return np.where(points, 1.0, -1.0).astype("float32").reshape(10, HEIGHT * WIDTH)
