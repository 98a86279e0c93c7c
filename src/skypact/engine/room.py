"""The tables that the kernel works with: room for one replication, used again by the next."""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.engine.start import NONE


@njit(nogil=True, error_model="numpy")
def room_for_chances(chances: Any, threats: Any) -> Any:
    """Draws before the start, and what follows from them.

    Returns
    -------
    luck, known
        The draws, of threats, waves, looks (and when each gives a track), families, units and acquisitions;
        and from when each track stands, which units are available, which acquisitions succeed.
    """
    wanted = chances.looks.wanted
    acquired = np.empty(len(chances.acquisitions), np.uint8)
    acquired[0], acquired[1] = 1, 0
    luck = (
        np.zeros((2, threats), np.uint64),
        np.empty((2, len(chances.waves)), np.uint64),
        np.empty((2, wanted), np.uint64),
        np.empty(wanted, np.float64),
        np.empty(len(chances.families), np.uint64),
        np.empty(len(chances.units), np.uint64),
        np.empty(len(chances.acquisitions), np.uint64),
    )
    return luck, (chances.track_sure.copy(), chances.unit_sure.copy(), acquired)


@njit(nogil=True, error_model="numpy")
def room_for_guesses(threats: Any) -> Any:
    """Draws for the shots that will likely be the first at each threat.

    Returns
    -------
    first_shot, first_identities, first_draws, family, susceptible_draws
        Of which unit the first shot will likely be (a row of the histories); to whom its draw belongs, and the
        draw; against which family a threat's susceptibility was last drawn, and the draw.
    """
    return (
        np.empty(threats, np.uint32),
        np.zeros(threats, np.uint64),
        np.empty(threats, np.uint64),
        np.zeros(threats, np.uint64),
        np.zeros(threats, np.uint64),
    )


@njit(nogil=True, error_model="numpy")
def room_for_waiting(nodes: Any, tables: Any) -> Any:
    """Windows that wait, and what they wait for.

    Returns
    -------
    waiting, beside, pair_slot, unit_slot, history
        The first window in the list of a threat or unit; the next in the same list; when an engagement stops
        counting; when a channel comes back; how many earlier engagements of a threat by a unit there were.
    """
    return (
        np.empty(nodes, np.uint32),
        np.empty(len(tables.windows), np.uint32),
        np.empty(tables.pair_slots, np.int64),
        np.empty(tables.unit_slots, np.int64),
        np.empty(tables.histories, np.int32),
    )


@njit(nogil=True, error_model="numpy")
def room_for_queue(nodes: Any, buckets: Any) -> Any:
    """The queue.

    Returns
    -------
    due, after, bucket, occupied, ahead, wish, stirred
        When a node is due (NEVER: not in the queue); the next node in its bucket; the earliest node in each
        bucket; a bit for each bucket; a window that the node will look at; when a stirred node wants to be
        due; nodes to look at before the next moment.
    """
    return (
        np.empty(nodes, np.int64),
        np.empty(nodes, np.uint32),
        np.full(buckets, NONE, np.uint32),
        np.zeros(buckets // 64, np.uint64),
        np.empty(nodes, np.uint32),
        np.empty(nodes, np.int64),
        np.empty(nodes, np.uint32),
    )


@njit(nogil=True, error_model="numpy")
def room_for_choice(windows: Any, threats: Any) -> Any:
    """Who may shoot at one moment.

    Returns
    -------
    candidate, intercepts, delayed, is_delayed, delayed_killer
        Windows that may fire; when their rounds would arrive; windows whose shot changes something at its own
        moment, as a list and by window; who killed at that moment.
    """
    return (
        np.empty(windows, np.uint32),
        np.empty(windows, np.int64),
        np.empty(windows, np.uint32),
        np.zeros(windows, np.uint8),
        np.full(threats, -1, np.int32),
    )
