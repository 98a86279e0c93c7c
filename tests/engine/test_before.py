"""What a trace says of chance before the start, against the engagements, outcomes and draws one by one."""

import numpy as np
import pytest

from skypact.engine import KILLED, LEAKED, REASONS, prepare, randomness, replicate, trace
from skypact.engine.synthetic import synthetic_raid
from skypact.raid import Look, Raid, Threat, Track, Unit, Window

NEVER = 2**60


@pytest.fixture(scope="module")
def raid():
    return synthetic_raid(60, 15, 5, seed=3, features="all")


def drawn(seed, replication, purpose, *ids):
    """Both draws of one counter, as reals."""
    a, b = randomness.draws(np.uint64(seed), replication, purpose, 0, np.uint64(randomness.identity(*ids)))
    return int(a) / 2**53, int(b) / 2**53


def test_nobody_fires_unavailable_untracked_or_without_acquiring(raid):
    prepared = prepare(raid)
    track_row = {track.id: row for row, track in enumerate(raid.tracks)}
    fired = 0
    for r in range(50):
        one = trace(prepared, r)
        for e in one.engagements:
            window = raid.windows[e.window]
            fired += 1
            assert one.before.available[e.unit]
            assert one.before.acquired[e.window]
            assert one.before.track_us[track_row[window.track]] <= e.launch_us
            opens = round(window.opens_s * 1e6) + one.before.offset_us[e.threat]
            assert opens <= e.launch_us <= opens + round(1e6 * (window.closes_s - window.opens_s))
    assert fired > 1000


def test_looks_and_tracks_are_as_the_model_says(raid):
    # Also those that the kernel leaves out because nothing depends on them.
    prepared = prepare(raid)
    threat_row = {threat.id: row for row, threat in enumerate(raid.threats)}
    look_row = {look.id: row for row, look in enumerate(raid.looks)}
    found = 0
    for r in range(20):
        before = trace(prepared, r, seed=5).before
        for row, look in enumerate(raid.looks):
            finds, delay = drawn(5, r, randomness.LOOK, look.id)
            susceptible = drawn(5, r, randomness.SUSCEPTIBLE, look.threat, look.family)[0] < look.susceptible
            if susceptible and finds < look.p_detect / look.susceptible:
                low, high = (round(1e6 * end) for end in look.delay_s)
                at = round(1e6 * look.at_s) + round(low + (high - low) * delay)
                assert before.look_us[row] == at + before.offset_us[threat_row[look.threat]]
                found += 1
            else:
                assert before.look_us[row] > NEVER
        for row, track in enumerate(raid.tracks):
            assert before.track_us[row] == min(before.look_us[look_row[name]] for name in track.looks)
    assert 0.7 < found / (20 * len(raid.looks)) < 0.9


def test_availability_and_acquisition_are_drawn_by_id(raid):
    prepared = prepare(raid)
    for r in range(20):
        before = trace(prepared, r, seed=6).before
        for row, unit in enumerate(raid.units):
            assert before.available[row] == (
                drawn(6, r, randomness.AVAILABLE, unit.id)[0] < unit.availability
            )
        for row, window in enumerate(raid.windows):
            u, _ = drawn(6, r, randomness.ACQUIRES, window.threat, window.unit)
            assert before.acquired[row] == (u < window.p_acquire)


def test_every_leaker_has_a_reason_and_nothing_else_has(raid):
    (chunk,) = replicate(prepare(raid), 200)
    assert ((chunk.reason > 0) == (chunk.fate == LEAKED)).all()
    assert set(np.unique(chunk.reason)) >= {0, *map(REASONS.index, ("missed", "unseen", "unacquired"))}
    assert chunk.reason.max() < len(REASONS)


def test_what_cannot_be_lost_by_chance_needs_no_draw():
    # A look that surely finds settles the track; one that comes later, or too late for every window, is idle.
    looks = (
        Look("sure", "t", 20.0, (1.0, 1.0)),
        Look("maybe", "t", 10.0, (0.0, 5.0), 0.5),
        Look("later", "t", 21.0, (0.0, 5.0), 0.5),
        Look("too-late", "t", 31.0, (0.0, 5.0), 0.5),
        Look("blind", "t", 10.0, (0.0, 5.0), 0.0),
    )
    tracks = (
        Track("both", "t", ("sure", "maybe", "later")),
        Track("late", "t", ("too-late", "maybe", "blind")),
    )
    unit = Unit("u", "X", "g", channels=1, ready=1, family="gun")
    windows = tuple(Window("t", "u", 0.0, 30.0, 1.0, 1.0, 0.5, track=k.id) for k in tracks)
    prepared = prepare(Raid((Threat("t", "drone", 40.0),), (unit,), looks, tracks, windows))
    assert prepared.chances.looks.wanted == 1
    assert len(prepared.chances.threats) == len(prepared.chances.units) == 0
    assert len(prepared.chances.acquisitions) == 2  # the rows of surely and never
    stands = np.array([trace(prepared, r).before.track_us for r in range(50)]) / 1e6
    assert set(stands[:, 0] == 21.0) == {True, False}
    assert (stands[:, 0] <= 21.0).all()
    assert (stands[stands[:, 0] < 21.0] >= 10.0).all()


def test_families_are_shared_across_looks_and_units_by_name():
    # One draw of threat and family: at 0.5 for both, the threat is found exactly when it can be killed.
    look = Look("l", "t", 0.0, p_detect=0.5, family="f", susceptible=0.5)
    unit = Unit("u", "X", "g", channels=1, ready=1, family="f")
    window = Window("t", "u", 0.0, 30.0, 1.0, 1.0, 0.5, track="k", susceptible=0.5)
    raid = Raid((Threat("t", "drone", 40.0),), (unit,), (look,), (Track("k", "t", ("l",)),), (window,))
    (chunk,) = replicate(prepare(raid), 200)
    killed = chunk.fate[:, 0] == KILLED
    assert (killed == (chunk.engagements[:, 0] == 1)).all()
    assert 60 < killed.sum() < 140
