"""The tables that the kernel works with: room for one replication, used again by the next."""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit

_NONE = np.uint32(0xFFFFFFFF)


@njit(nogil=True, error_model="numpy")
def room_for_threats(threats: Any, waves: Any, sights: Any, histories: Any) -> Any:
    """Draws before the start, and what follows from them for each threat.

    Returns
    -------
    draws, wave_draws, sight_draws, offset, end, history
        The draws; the offset of each threat's whole history; the moment until which it is a target; how many
        earlier engagements of a threat by a unit there were.
    """
    return (
        np.zeros((2, threats), np.uint64),
        np.empty((2, waves), np.uint64),
        np.empty((2, sights), np.uint64),
        np.empty(threats, np.int64),
        np.empty(threats, np.int64),
        np.empty(histories, np.int32),
    )


@njit(nogil=True, error_model="numpy")
def room_for_waiting(nodes: Any, windows: Any, pair_slots: Any, unit_slots: Any) -> Any:
    """Windows that wait, and what they wait for.

    Returns
    -------
    waiting, beside, pair_slot, unit_slot
        The first window in the list of a pair or unit; the next in the same list; when an engagement stops
        counting; when a channel comes back.
    """
    return (
        np.empty(nodes, np.uint32),
        np.empty(windows, np.uint32),
        np.empty(pair_slots, np.int64),
        np.empty(unit_slots, np.int64),
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
        np.full(buckets, _NONE, np.uint32),
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
