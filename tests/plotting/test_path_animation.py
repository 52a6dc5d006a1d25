"""The animation of paths as a page: complete, small, and alone in its notebook."""

import base64
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting

STEPS = 150
LARGEST = 130_000  # bytes of two panels, so that a notebook with four stays far below 1 MB
WAY = np.stack([np.linspace(-1, 1, STEPS + 1), np.linspace(1, -0.5, STEPS + 1)], axis=1)


def panels(**more):
    panel = plotting.PathPanel(
        lambda x, y: x**2 + 3 * y**2, {"a": WAY, "b": WAY[:40], **more}, (-2, 2), (-1, 1.5)
    )
    return {"left": panel, "right": panel}


def svgs(animation):
    return [
        ET.fromstring(svg) for svg in re.findall(r"<svg viewBox.*?</svg>(?=<|$)", animation.html)
    ]


def test_every_path_is_there_with_every_step():
    for svg in svgs(plotting.animate_paths(panels())):
        lines = svg.findall(".//polyline")
        assert [len(line.get("points").split()) for line in lines] == [STEPS + 1, 40]
        assert [line.find("title").text for line in lines] == ["a", "b"]


def test_points_lie_where_the_picture_has_them():
    corners = {"corners": [(-2, -1), (2, 1.5)]}
    panel = panels()["left"]._replace(paths=corners)
    (svg,) = svgs(plotting.animate_paths({"one": panel}))
    frame = svg.find(".//clipPath/rect")
    x, y, width, height = (float(frame.get(k)) for k in ("x", "y", "width", "height"))
    points = [
        tuple(map(float, p.split(","))) for p in svg.find(".//polyline").get("points").split()
    ]
    np.testing.assert_allclose(points, [(x, y + height), (x + width, y)], atol=0.2)


def test_the_picture_is_a_png_of_the_size_of_the_panel():
    svg = svgs(plotting.animate_paths(panels()))[0]
    kind, _, data = svg.find("image").get("href").partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data)[:4] == b"\x89PNG"
    assert [svg.find("image").get(k) for k in ("width", "height")] == svg.get("viewBox").split()[2:]


def test_it_needs_nothing_from_outside_and_is_small():
    html = plotting.animate_paths(panels())._repr_html_()
    assert "http" not in html and "src=" not in html
    assert len(html) < LARGEST


def test_slider_ends_at_the_last_step_of_the_longest_path():
    html = plotting.animate_paths(panels(), steps_per_second=20).html
    assert f'max="{STEPS}" value="{STEPS}"' in html
    assert "}, 50);" in html


def test_names_and_titles_are_text():
    panel = panels()["left"]._replace(paths={"<b>&": WAY})
    html = plotting.animate_paths({'"><script>': panel}).html
    assert "<b>" not in html and '"><script>' not in html
    assert "&lt;b&gt;&amp;" in html


def test_two_animations_do_not_share_their_name():
    other = plotting.animate_paths(panels(c=WAY[:3])).html
    names = {re.search('class="(paths-[0-9a-f]+)"', html)[1]
             for html in (plotting.animate_paths(panels()).html, other)}  # fmt: skip
    assert len(names) == 2


def test_a_path_that_ran_off_is_kept_within_bounds():
    far = np.array([(0.0, 0.0), (1e12, -1e12)])
    (svg, _) = svgs(plotting.animate_paths(panels(far=far)))
    points = svg.findall(".//polyline")[2].get("points")
    assert max(abs(float(n)) for n in re.findall(r"-?[\d.e+]+", points)) <= 1e4


def test_no_figure_is_left_open():
    before = plt.get_fignums()
    plotting.animate_paths(panels())
    assert plt.get_fignums() == before


def test_page_is_written(tmp_path):
    animation = plotting.animate_paths(panels())
    animation.save(tmp_path / "paths.html")
    page = (tmp_path / "paths.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and animation.html in page
    assert re.fullmatch(r"<PathAnimation of \d+ kB; it moves in a notebook>", repr(animation))


def test_nothing_to_animate_is_refused():
    with pytest.raises(ValueError, match="at least one panel with one path; got none"):
        plotting.animate_paths({})
    with pytest.raises(ValueError, match="steps_per_second: expected a number above 0; got 0"):
        plotting.animate_paths(panels(), steps_per_second=0)
