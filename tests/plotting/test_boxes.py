import numpy as np
import pytest
from matplotlib import colors
from matplotlib import pyplot as plt

from dlcourse.plotting import anchor_grid, draw_boxes

BOXES = np.array([[0.1, 0.2, 0.5, 0.9], [0.5, 0.5, 0.75, 1.0], [0.0, 0.0, 0.2, 0.1]])
IMAGE = np.zeros((20, 40, 1))


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_boxes_labels_and_scores():
    ax = draw_boxes(IMAGE, BOXES, ["car", "tree", "car"], [0.5, 0.75, 1.0])
    corners = [(*p.get_xy(), p.get_width(), p.get_height()) for p in ax.patches]
    expected = np.c_[BOXES[:, :2], BOXES[:, 2:] - BOXES[:, :2]] * [40, 20, 40, 20]
    expected[:, :2] -= 0.5  # where the first pixel starts
    np.testing.assert_allclose(corners, expected)
    assert [text.get_text() for text in ax.texts] == ["car 0.50", "tree 0.75", "car 1.00"]
    first, second, third = (colors.to_hex(p.get_edgecolor()) for p in ax.patches)
    assert first == third != second
    assert ax.get_xlim() == (-0.5, 39.5)  # the image, wherever the boxes reach


def test_plain_boxes_and_none():
    assert len(draw_boxes(IMAGE[..., 0], BOXES).texts) == 0
    ax = plt.subplots()[1]
    assert draw_boxes(np.zeros((5, 5, 3)), [], [], [], ax) is ax
    assert len(ax.patches) == 0


def test_the_grid_shows_cell_middle_and_anchor():
    ax = anchor_grid(IMAGE, BOXES, [[0.7, 0.4], [0.1, 0.2]], grid=4)
    assert len(ax.patches) == 3 * len(BOXES)  # cell, box, anchor
    assert [text.get_text() for text in ax.texts] == ["anchor 0", "anchor 0", "anchor 1"]
    cell = ax.patches[0]
    assert (cell.get_x() + 0.5, cell.get_y() + 0.5) == (10, 10)  # the middle is (0.3, 0.55)
    assert (cell.get_width(), cell.get_height()) == (10, 5)


@pytest.mark.parametrize(("labels", "scores"), [(["a"], None), (None, [0.1, 0.2])])
def test_one_text_for_each_box(labels, scores):
    with pytest.raises(ValueError, match="expected one for each of 3 boxes"):
        draw_boxes(IMAGE, BOXES, labels, scores)
