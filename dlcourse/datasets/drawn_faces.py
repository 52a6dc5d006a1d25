"""Drawn faces: forty invented people, ten pictures of each.

What stands in for photographs of people where there is no network. A person is a handful of
measures (how wide the face, how far apart the eyes, how dark the hair); a picture of that person
varies what does not belong to them: place, tilt and size of the head, light, smile and eyelids.
"""

import numpy as np

__all__ = ["PEOPLE", "PICTURES", "drawn_faces"]

PEOPLE, PICTURES, SIZE = 40, 10, 64
_SOFTNESS = 0.04  # of every edge, in heads: about a pixel

# what makes a person, each with its range; lengths in heads, tones from 0 (black) to 1 (white)
_PERSON = {
    "width": (0.55, 0.80),
    "chin": (0.85, 1.05),
    "skin": (0.45, 0.85),
    "hair": (0.02, 0.40),
    "hairline": (-0.75, -0.40),
    "eye_gap": (0.20, 0.36),
    "eye_size": (0.06, 0.12),
    "eye_height": (-0.22, -0.05),
    "brow": (0.02, 0.07),
    "brow_slope": (-0.35, 0.35),
    "nose": (0.12, 0.32),
    "nose_width": (0.03, 0.10),
    "mouth": (0.14, 0.34),
    "mouth_height": (0.42, 0.58),
    "beard": (-0.15, 0.15),
    "glasses": (-1.0, 0.6),
}
# what makes a picture
_PICTURE = {
    "right": (-0.12, 0.12),
    "down": (-0.12, 0.12),
    "tilt": (-0.20, 0.20),
    "size": (0.85, 1.10),
    "light": (-0.25, 0.25),
    "smile": (-0.25, 0.55),
    "eyelids": (0.35, 1.0),
}


def drawn_faces(seed=0):
    """Draw 400 faces.

    Args:
        seed: decides who the people are and how their pictures vary.

    Returns:
        Pair of uint8 (400, 64, 64, 1), 0 to 255, and int64 (400,), the people 0 to 39 in order,
        ten pictures each.

    Example:
        >>> images, people = drawn_faces()
        >>> images.shape, people[:12].tolist()
        ((400, 64, 64, 1), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    """
    rng = np.random.default_rng(seed)
    person = {name: _drawn(rng, limits, PEOPLE, PICTURES) for name, limits in _PERSON.items()}
    picture = {name: _drawn(rng, limits, PEOPLE * PICTURES) for name, limits in _PICTURE.items()}
    image = _painted({**person, **picture})
    image += rng.normal(0, 0.02, image.shape)  # grain
    pixels = np.rint(255 * np.clip(image, 0, 1)).astype(np.uint8)[..., None]
    return pixels, np.repeat(np.arange(PEOPLE), PICTURES)


def _drawn(rng, limits, count, repeats=1):
    return np.repeat(rng.uniform(*limits, size=count), repeats)[:, None, None]


def _painted(p):
    x, y = _head_coordinates(p)
    image = np.full(x.shape, 0.55)
    _paint(image, p["hair"], _ellipse(x, y + 0.08, p["width"] + 0.10, 0.98))
    face = _ellipse(x, y, p["width"], p["chin"])
    _paint(image, p["skin"], np.minimum(face, _inside(y - p["hairline"])))
    jaw = np.minimum(face, _inside(y - p["mouth_height"] + 0.12))
    _paint(image, p["hair"], jaw * (p["beard"] > 0) * 0.8)
    for side in (-1, 1):
        _paint_eye(image, x - side * p["eye_gap"], y - p["eye_height"], side, p)
    _paint(image, p["skin"] * 0.6, _ellipse(x, y - p["nose"] / 2, p["nose_width"], p["nose"] / 2))
    bend = p["smile"] * ((x / p["mouth"]) ** 2 - 0.5) * 0.2
    _paint(image, 0.15, _ellipse(x, y - p["mouth_height"] + bend, p["mouth"], 0.05))
    return image * (1 + p["light"] * x)


def _paint_eye(image, x, y, side, p):
    size, lid = p["eye_size"], p["eyelids"]
    _paint(image, 0.95, _ellipse(x, y, size * 1.4, size * lid))
    _paint(image, 0.05, _ellipse(x, y, size * 0.7, size * 0.8 * lid))
    slant = y + 2 * size + side * p["brow_slope"] * x
    _paint(image, p["hair"], _ellipse(x, slant, size * 1.8, p["brow"]))
    distance = np.hypot(x, y)
    ring = _inside(0.03 - np.abs(distance - 0.17))
    _paint(image, 0.05, ring * (p["glasses"] > 0))


def _head_coordinates(p):
    """Places of the pixels in the head's own system: origin between nose and eyes, unit a head."""
    line = (np.arange(SIZE) + 0.5) / SIZE * 2.6 - 1.3
    x, y = line[None, None, :] - p["right"], line[None, :, None] - p["down"]
    cos, sin = np.cos(p["tilt"]) / p["size"], np.sin(p["tilt"]) / p["size"]
    return cos * x + sin * y, cos * y - sin * x


def _ellipse(x, y, half_width, half_height):
    radius = np.hypot(x / half_width, y / half_height)
    return _inside((1 - radius) * np.minimum(half_width, half_height))


def _inside(depth):
    """Share of a pixel that is covered, from its depth below the edge in heads."""
    return np.clip(0.5 + depth / _SOFTNESS, 0, 1)


def _paint(image, tone, cover):
    image += cover * (tone - image)
