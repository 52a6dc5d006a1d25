"""A decoder's state while sequences are chosen: copied for the beams, and reordered with them."""

import keras
import numpy as np
from keras import ops

__all__ = ["BeamRows", "as_state"]


class BeamRows:
    """The rows of a state: `width` for each sequence of the batch, one below the other.

    What the model hands back as the very object that it was given, such as the encoder's outputs,
    is the same for all beams of a sequence: it is not moved in memory.

    Args:
        state: nested structure of tensors (batch, …); None and scalars in it stay as they are.
        width: rows for each sequence.
        batch: number of sequences; None where it is not known yet.

    Attributes:
        state: the same structure with tensors (batch · width, …).

    Raises:
        ValueError: a tensor of the state has not one row for each sequence.
    """

    def __init__(self, state, width, batch):
        state = as_state(state, batch)
        self.state = keras.tree.map_structure(
            lambda leaf: ops.repeat(leaf, width, axis=0) if _has_rows(leaf) else leaf, state
        )
        # the objects, not only their ids: Python would use the id of a lost object again
        self._first = {id(leaf): leaf for leaf in keras.tree.flatten(self.state)}

    def reordered(self, state, rows):
        """The state with row rows[i] in place i.

        Args:
            state: as the model handed it back.
            rows: integers (batch · width,), each within its own sequence.

        Returns:
            The same structure.
        """
        return keras.tree.map_structure(
            lambda leaf: (
                ops.take(leaf, rows, axis=0)
                if _has_rows(leaf) and id(leaf) not in self._first
                else leaf
            ),
            state,
        )


def as_state(state, batch):
    """The state with tensors for arrays; ValueError where one has not a row for each sequence."""
    for path, leaf in keras.tree.flatten_with_path(state):
        if _has_rows(leaf) and None not in (batch, leaf.shape[0]) and leaf.shape[0] != batch:
            place = "".join(f"[{key!r}]" for key in path)
            raise ValueError(
                f"state{place}: expected one row for each of the {batch} start_tokens; got shape "
                f"{tuple(leaf.shape)}"
            )
    return keras.tree.map_structure(
        lambda leaf: ops.convert_to_tensor(leaf) if isinstance(leaf, np.ndarray) else leaf, state
    )


def _has_rows(leaf):
    return leaf is not None and len(getattr(leaf, "shape", ())) > 0
