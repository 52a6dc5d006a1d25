"""Paths of optimizers in motion, as a small page of its own: pictures, lines and a slider.

The contours are one picture each, drawn by matplotlib; the paths are SVG lines above it, and a
few lines of JavaScript show as much of them as the slider says. That is a hundredth of what a
picture per frame would take. Where no scripts run, all paths stand there complete.
"""

import base64
import hashlib
import io
from html import escape
from pathlib import Path
from string import Template

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from dlcourse.plotting.trajectories import PANEL_INCHES, draw_panel, path_styles

__all__ = ["PathAnimation", "animate_paths"]

PIXELS = 100  # of the page for an inch
SHARPNESS = 1.6  # pixels of a picture for one of the page
MARGINS = (0.2, 0.97, 0.14, 0.91)  # left, right, bottom, top of the axes within a panel
DECIMALS = 1  # of a pixel
PALETTE = 48  # colours of a picture


class PathAnimation:
    """An animation that Jupyter shows: a cell's value, or `display(animation)`.

    Attributes:
        html: the page, self-contained.

    Example:
        >>> PathAnimation("<p>moving</p>")._repr_html_()
        '<p>moving</p>'
    """

    def __init__(self, html):
        self.html = html

    def _repr_html_(self):
        return self.html

    def __repr__(self):
        return f"<PathAnimation of {len(self.html) / 1024:.0f} kB; it moves in a notebook>"

    def save(self, path):
        """Write the animation as a page of its own.

        Args:
            path: of the file, such as "optimizers.html".
        """
        page = f'<!doctype html>\n<html lang="en"><meta charset="utf-8">\n{self.html}\n</html>\n'
        Path(path).write_text(page, encoding="utf-8")


def animate_paths(panels, steps_per_second=15):
    """Let optimizers run beside each other, each step of theirs at the same time.

    Args:
        panels: dictionary from a title to its `PathPanel`; a path of one name has one colour in
            all of them.
        steps_per_second: how fast it plays, above 0.

    Returns:
        PathAnimation with a slider for the step, and a button that plays or pauses.

    Raises:
        ValueError: there is no panel, or no path.

    Example:
        >>> from dlcourse.plotting import PathPanel
        >>> panel = PathPanel(lambda x, y: x**2 + y**2, {"a": [(1, 1), (0, 0)]}, (-2, 2), (-2, 2))
        >>> animate_paths({"bowl": panel})._repr_html_().count("<polyline")
        1
    """
    lengths = [len(path) for panel in panels.values() for path in panel.paths.values()]
    if not lengths:
        raise ValueError("panels: expected at least one panel with one path; got none")
    if not steps_per_second > 0:
        raise ValueError(f"steps_per_second: expected a number above 0; got {steps_per_second!r}")
    styles = path_styles(panels)
    body = "".join(_panel(title, panel, styles) for title, panel in panels.items())
    legend = "".join(_legend_entry(name, *style) for name, style in styles.items())
    # two animations in one notebook must not find each other's lines
    number = hashlib.sha256(body.encode()).hexdigest()[:12]
    return PathAnimation(
        _PAGE.substitute(
            name=f"paths-{number}",
            panels=body,
            legend=legend,
            last=max(lengths) - 1,
            wait=round(1000 / steps_per_second),
        )  # fmt: skip
    )


def _panel(title, panel, styles):
    width, height = (round(inches * PIXELS) for inches in PANEL_INCHES)
    picture, to_pixels = _background(title, panel)
    left, right, bottom, top = MARGINS
    clip = hashlib.sha256(picture.encode()).hexdigest()[:12]
    lines = "".join(
        _line(name, to_pixels(np.asarray(path, dtype=float)), *styles[name])
        for name, path in panel.paths.items()
    )
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(title)}"><image href="data:image/png;base64,{picture}" '
        f'width="{width}" height="{height}"/><clipPath id="axes-{clip}"><rect '
        f'x="{left * width:.1f}" y="{(1 - top) * height:.1f}" width="{(right - left) * width:.1f}" '
        f'height="{(top - bottom) * height:.1f}"/></clipPath>'
        f'<g clip-path="url(#axes-{clip})">{lines}</g></svg>'
    )


def _background(title, panel):
    """The contours as PNG in base64, and the function from points to pixels of the page."""
    # not of pyplot, which would show the picture under the cell as well
    figure = Figure(figsize=PANEL_INCHES, dpi=PIXELS)
    ax = figure.add_subplot()
    left, right, bottom, top = MARGINS
    figure.subplots_adjust(left=left, right=right, bottom=bottom, top=top)
    draw_panel(ax, title, panel)
    drawn, file = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=PIXELS * SHARPNESS)
    # a few shades and black: a palette halves the notebook
    Image.open(drawn).convert("RGB").quantize(PALETTE).save(file, format="png", optimize=True)

    def to_pixels(points):
        x, y = ax.transData.transform(points).T
        return np.stack([x, PANEL_INCHES[1] * PIXELS - y], axis=1)  # SVG counts downwards

    return base64.b64encode(file.getvalue()).decode(), to_pixels


def _line(name, points, color, dashes):
    # far outside it is all the same, and huge numbers are only long to write
    points = np.clip(points, -1e4, 1e4).round(DECIMALS)
    text = " ".join(f"{x:g},{y:g}" for x, y in points)
    x, y = points[-1]
    return (
        f'<polyline points="{text}" fill="none" stroke="{color}" '
        f'stroke-width="1.8" stroke-dasharray="{_dash_array(dashes)}"><title>{escape(name)}'
        f'</title></polyline><circle cx="{x:g}" cy="{y:g}" r="4.5" fill="{color}" '
        'stroke="white"/>'
    )


def _legend_entry(name, color, dashes):
    return (
        '<span style="margin-right:1.2em;white-space:nowrap"><svg width="34" height="12">'
        f'<line x1="1" y1="6" x2="27" y2="6" stroke="{color}" stroke-width="2" '
        f'stroke-dasharray="{_dash_array(dashes)}"/><circle cx="28" cy="6" r="4" fill="{color}"/>'
        f"</svg> {escape(name)}</span>"
    )


def _dash_array(dashes):
    return " ".join(f"{1.6 * length:g}" for length in dashes) or "none"


_SCRIPT = """
for (const root of document.querySelectorAll(".$name:not([data-on])")) {
  root.setAttribute("data-on", "");
  const lines = [...root.querySelectorAll("polyline")].map(line => ({
    line, dot: line.nextElementSibling, points: line.getAttribute("points").split(" ")}));
  const slider = root.querySelector("input"), button = root.querySelector("button");
  const label = root.querySelector("output"), last = Number(slider.max);
  let timer = null, rest = 0;
  const show = step => {
    slider.value = step;
    label.textContent = "step " + step;
    for (const {line, dot, points} of lines) {
      const seen = points.slice(0, step + 1), [x, y] = seen[seen.length - 1].split(",");
      line.setAttribute("points", seen.join(" "));
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", y);
    }
  };
  const pause = () => { clearInterval(timer); timer = null; button.textContent = "play"; };
  const play = () => {
    pause();
    button.textContent = "pause";
    timer = setInterval(() => {
      if (!document.contains(root)) return pause();
      const step = Number(slider.value);
      // the end stays for a while, so that it can be looked at
      if (step < last) show(step + 1); else if (++rest > 30) { rest = 0; show(0); }
    }, $wait);
  };
  button.onclick = () => timer === null ? play() : pause();
  slider.oninput = () => { pause(); show(Number(slider.value)); };
  root.querySelector(".controls").style.display = "";
  show(0);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) { pause(); show(last); } else play();
}
"""

_PAGE = Template(
    '<div class="$name" style="background:white;color:black;padding:6px">'
    '<div class="controls" style="display:none;margin-bottom:4px"><button type="button" '
    'style="width:5em"></button> <input type="range" min="0" max="$last" value="$last" '
    'step="1" style="width:18em;vertical-align:middle" aria-label="step"> <output></output></div>'
    '<div>$legend</div><div style="display:flex;flex-wrap:wrap">$panels</div>'
    f"<script>{{{_SCRIPT}}}</script></div>"
)
