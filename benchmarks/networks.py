"""How fast the Keras library is: against Keras's own layers, tf.image, and the usual ways.

    python -m benchmarks.networks [TOPIC …]

Topics: normalization, suppression, triplets, style, models; all of them without one. Each runs in
a process of its own, so that none warms up or fragments the memory of the next, and measures all
it compares there, in turns; medians. On two quiet cores everything takes about a quarter of an
hour.
"""

import subprocess
import sys

__all__ = ["main"]

TOPICS = ("normalization", "suppression", "triplets", "style", "models")


def main(topics=None):
    """Print the tables of some or all topics; the exit status tells whether each ran to its end."""
    wanted = topics or TOPICS
    unknown = [topic for topic in wanted if topic not in TOPICS]
    if unknown:
        sys.exit(f"topics: expected {', '.join(TOPICS)}; got {', '.join(unknown)}")
    programs = [f"benchmarks.networks_{topic}" for topic in wanted]
    return max(subprocess.run([sys.executable, "-m", p], check=False).returncode for p in programs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
