"""What the networks learn at small size on the embedded data, beside a baseline each.

    python -m benchmarks.training [TOPIC …]

Topics: classifiers, models, segmentation, detection, oneshot, generative, dates, trigger, language;
all of them without one. Each runs in a process of its own. On two quiet cores everything takes
about half an hour.
"""

import subprocess
import sys

__all__ = ["main"]

TOPICS = (
    "classifiers",
    "models",
    "segmentation",
    "detection",
    "oneshot",
    "generative",
    "dates",
    "trigger",
    "language",
)


def main(topics=None):
    """Print the tables of some or all topics; the exit status tells whether each ran to its end."""
    wanted = topics or TOPICS
    unknown = [topic for topic in wanted if topic not in TOPICS]
    if unknown:
        sys.exit(f"topics: expected {', '.join(TOPICS)}; got {', '.join(unknown)}")
    programs = [f"benchmarks.training_{topic}" for topic in wanted]
    return max(subprocess.run([sys.executable, "-m", p], check=False).returncode for p in programs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
