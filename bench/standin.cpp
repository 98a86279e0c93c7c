// The reference model as a plain event simulation with one std::priority_queue, to compare speed with.
//
//   g++ -std=c++17 -O3 -ffp-contract=off standin.cpp -o standin
//   standin FILE [--replications N] [--first F] [--seed S] [--print]
//
// Written for clarity, as one would in a day: every change is an event, every replication starts afresh.
// FILE is what bench/export.py writes. Prints one JSON object with the rates, or, with --print, every
// replication in full. Uses the generator of the reference model, so that its results can be checked.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <queue>
#include <stdexcept>
#include <string>
#include <vector>

using i64 = std::int64_t;
using u64 = std::uint64_t;
using u32 = std::uint32_t;
using i32 = std::int32_t;

constexpr i64 NEVER = INT64_MAX;

// Randomness: Philox4x32-10, counter = (replication, purpose and ordinal, hash of the ids).

struct Block {
    u32 w[4];
    double first() const { return uniform(w[0], w[1]); }
    double second() const { return uniform(w[2], w[3]); }
    static double uniform(u32 a, u32 b) { return ((a >> 5) * 67108864.0 + (b >> 6)) / 9007199254740992.0; }
};

struct Luck {
    u64 seed;
    u32 replication;

    Block draw(u32 purpose, u32 ordinal, u64 hash) const {
        u32 c0 = replication, c1 = purpose << 24 | ordinal, c2 = u32(hash), c3 = u32(hash >> 32);
        u32 k0 = u32(seed), k1 = u32(seed >> 32);
        for (int round = 0; round < 10; ++round) {
            const u64 a = u64(0xD2511F53u) * c0, b = u64(0xCD9E8D57u) * c2;
            const u32 n0 = u32(b >> 32) ^ c1 ^ k0, n2 = u32(a >> 32) ^ c3 ^ k1;
            c1 = u32(b), c3 = u32(a), c0 = n0, c2 = n2;
            k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
        }
        return {{c0, c1, c2, c3}};
    }
};

i64 spread(i64 low, i64 high, double u) { return std::llrint(double(low) + double(high - low) * u); }

// The problem, as read.

struct Threat {
    u64 hash, wave_hash;
    bool in_wave, fails_late;
    i64 impact, fails, low, high;
    double priority, reliability;
    i32 first_window, n_windows;  // into Problem::by_threat
    i32 first_look, n_looks;
    i32 first_track, n_tracks;
    i32 first_limit;              // into Problem::limits, one a group
};

struct Unit {
    u64 hash;
    i32 group, soft, channels, ready, magazine, reserve, reload_at, attempts;
    i64 reload, assess, recover;
    double availability;
};

struct Look {
    u64 hash, family_hash;  // the latter of threat and family, 0 without a family
    i64 at, low, high;
    double p_detect, susceptible;
};

struct Track {
    std::vector<i32> looks;
};

struct Window {
    i32 threat, unit, track, group, pair, salvo, hold;
    i64 opens, closes, flight_open, flight_close;
    double rank, p_kill, p_acquire, susceptible;
    u64 pair_hash, family_hash;
};

struct Limit {
    i32 usual, late;
};

struct Problem {
    i32 groups, pairs;
    std::vector<Threat> threats;
    std::vector<Unit> units;
    std::vector<Look> looks;
    std::vector<Track> tracks;
    std::vector<Window> windows;
    std::vector<i32> by_threat;
    std::vector<Limit> limits;
};

Problem read(const char* path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error(std::string("cannot read ") + path);
    Problem p;
    i32 n_threats, n_units, n_looks, n_tracks, n_windows;
    in >> n_threats >> n_units >> n_looks >> n_tracks >> n_windows >> p.groups >> p.pairs;
    p.threats.resize(n_threats), p.units.resize(n_units), p.looks.resize(n_looks);
    p.tracks.resize(n_tracks), p.windows.resize(n_windows);
    i32 look = 0, track = 0;
    for (Threat& t : p.threats) {
        in >> t.hash >> t.in_wave >> t.wave_hash >> t.impact >> t.fails_late >> t.fails >> t.low >> t.high >>
            t.priority >> t.reliability >> t.n_looks >> t.n_tracks;
        t.first_look = look, look += t.n_looks;
        t.first_track = track, track += t.n_tracks;
        t.first_limit = i32(p.limits.size());
        for (i32 g = 0; g < p.groups; ++g) p.limits.emplace_back(), in >> p.limits.back().usual >> p.limits.back().late;
    }
    for (Unit& u : p.units)
        in >> u.hash >> u.group >> u.soft >> u.channels >> u.ready >> u.magazine >> u.reserve >> u.reload_at >>
            u.attempts >> u.reload >> u.assess >> u.recover >> u.availability;
    for (Look& l : p.looks)
        in >> l.hash >> l.family_hash >> l.at >> l.low >> l.high >> l.p_detect >> l.susceptible;
    for (Track& k : p.tracks) {
        std::size_t count;
        in >> count;
        k.looks.resize(in ? count : 0);
        for (i32& number : k.looks) in >> number;
    }
    for (Window& w : p.windows) {
        in >> w.threat >> w.unit >> w.track >> w.pair >> w.salvo >> w.hold >> w.opens >> w.closes >> w.flight_open >>
            w.flight_close >> w.rank >> w.p_kill >> w.p_acquire >> w.susceptible >> w.pair_hash >> w.family_hash;
        w.group = p.units[w.unit].group;
    }
    if (!in) throw std::runtime_error(std::string("unreadable: ") + path);

    std::vector<std::vector<i32>> of_threat(n_threats);
    for (i32 w = 0; w < n_windows; ++w) of_threat[p.windows[w].threat].push_back(w);
    for (i32 t = 0; t < n_threats; ++t) {
        p.threats[t].first_window = i32(p.by_threat.size());
        p.threats[t].n_windows = i32(of_threat[t].size());
        p.by_threat.insert(p.by_threat.end(), of_threat[t].begin(), of_threat[t].end());
    }
    return p;
}

// One replication.

enum Kind : i32 { RESOLUTION, ASSESSMENT, RECOVERY, RELOAD, OPENING, FAILURE, IMPACT };
enum Fate : char { LEAKED, FAILED, KILLED, ALIVE };
enum Reason : i32 { NONE, MISSED, NO_WINDOW, UNAVAILABLE, UNSEEN, UNACQUIRED, BLOCKED };

struct Event {
    i64 t;
    Kind kind;
    u64 order;   // of scheduling
    i32 number;  // of the engagement, unit, window or threat
    bool operator>(const Event& o) const {
        if (t != o.t) return t > o.t;
        if (kind != o.kind) return kind > o.kind;
        return order > o.order;
    }
};
using Queue = std::priority_queue<Event, std::vector<Event>, std::greater<Event>>;

struct Engagement {
    i64 launch, intercept, drops;
    i32 window, rounds, ordinal;
    bool killed;
};

struct ThreatState {
    i64 offset = 0, impact = 0, end = 0;
    i32 killer = -1, kill_rounds = 0;
    Fate fate = ALIVE;
    bool engaged = false;  // by a hard unit
    Reason reason = NONE;
};

struct UnitState {
    i32 free, ready, reserve;
    bool available = true, reloading = false;
    std::vector<i32> open;  // windows that have opened and may not have closed
};

struct WindowState {
    i64 opens = 0, closes = 0;
    bool open = false;
    Reason lost = BLOCKED;  // or why it never opens
};

class Simulation {
  public:
    Simulation(const Problem& problem, u64 seed, u32 replication)
        : p(problem), luck{seed, replication}, threats(p.threats.size()), units(p.units.size()),
          windows(p.windows.size()), tracks(p.tracks.size()), under_way(p.threats.size() * p.groups), engaged(p.pairs) {}

    std::vector<Engagement> engagements;

    void run() {
        start();
        while (!queue.empty()) {
            const i64 now = queue.top().t;
            candidates.clear();
            do {
                const Event e = queue.top();
                queue.pop();
                apply(now, e.kind, e.number);
            } while (!queue.empty() && queue.top().t == now);
            if (!candidates.empty()) fire(now);
        }
        for (i32 i = 0; i < i32(threats.size()); ++i) threats[i].reason = reason(i);
    }

    void print() const {
        for (const ThreatState& t : threats)
            std::printf("%d %d %lld %d %d\n", t.fate, t.killer, (long long)t.end, t.kill_rounds, t.reason);
        for (const UnitState& u : units) std::printf("%d %d\n", u.ready, u.reserve);
        std::printf("%zu\n", engagements.size());
        for (const Engagement& e : engagements) {
            const Window& w = p.windows[e.window];
            std::printf("%lld %lld %d %d %d %d %d\n", (long long)e.launch, (long long)e.intercept, w.threat, w.unit,
                        e.window, e.rounds, e.killed);
        }
    }

    int kills() const {
        return int(std::count_if(threats.begin(), threats.end(), [](const ThreatState& t) { return t.fate == KILLED; }));
    }

  private:
    const Problem& p;
    const Luck luck;
    std::vector<ThreatState> threats;
    std::vector<UnitState> units;
    std::vector<WindowState> windows;
    std::vector<i64> tracks;                  // from when each stands
    std::vector<std::vector<i64>> under_way;  // by threat and group, when each engagement drops
    std::vector<i32> engaged;     // by pair of threat and unit
    std::vector<i32> candidates;  // windows that a change of this moment may have made eligible
    Queue queue;
    u64 pushed = 0;

    void push(i64 t, Kind kind, i32 number) { queue.push({t, kind, pushed++, number}); }

    void start() {
        for (std::size_t i = 0; i < units.size(); ++i) {
            const Unit& u = p.units[i];
            units[i].free = u.channels;
            units[i].ready = u.ready;
            units[i].reserve = u.reserve;
            units[i].available = luck.draw(5, 0, u.hash).first() < u.availability;
            if (units[i].ready <= u.reload_at && units[i].reserve > 0) refill(i32(i));
        }
        for (i32 i = 0; i < i32(threats.size()); ++i) start(i);
    }

    void start(i32 index) {
        const Threat& t = p.threats[index];
        ThreatState& s = threats[index];
        const Block own = luck.draw(1, 0, t.hash);
        const double u = t.in_wave ? luck.draw(2, 0, t.wave_hash).first() : own.second();
        s.offset = spread(t.low, t.high, u);
        s.impact = t.impact + s.offset;
        if (own.first() < t.reliability) {
            push(s.impact, IMPACT, index);
        } else if (t.fails_late) {
            push(t.fails + s.offset, FAILURE, index);
        } else {
            s.fate = FAILED;
            return;
        }
        std::vector<i64> found(t.n_looks);
        for (i32 l = 0; l < t.n_looks; ++l) found[l] = s.offset + look(p.looks[t.first_look + l]);
        for (i32 k = t.first_track; k < t.first_track + t.n_tracks; ++k) {
            tracks[k] = NEVER;
            for (const i32 l : p.tracks[k].looks) tracks[k] = std::min(tracks[k], found[l - t.first_look]);
        }
        for (i32 k = t.first_window; k < t.first_window + t.n_windows; ++k) {
            const i32 number = p.by_threat[k];
            const Window& w = p.windows[number];
            WindowState& ws = windows[number];
            ws.opens = w.opens + s.offset;
            ws.closes = w.closes + s.offset;
            const i64 first = w.track < 0 ? ws.opens : std::max(ws.opens, tracks[w.track]);
            if (!units[w.unit].available) ws.lost = UNAVAILABLE;
            else if (first > ws.closes) ws.lost = UNSEEN;
            else if (!(luck.draw(7, 0, w.pair_hash).first() < w.p_acquire)) ws.lost = UNACQUIRED;
            else push(first, OPENING, number);
        }
    }

    // When a look gives a track, without the offset; far beyond everything if it does not find the threat.
    i64 look(const Look& l) const {
        const Block own = luck.draw(3, 0, l.hash);
        const bool finds = susceptible(l.family_hash, l.susceptible) && own.first() < l.p_detect / l.susceptible;
        return finds ? l.at + spread(l.low, l.high, own.second()) : NEVER / 2;
    }

    bool susceptible(u64 family_hash, double share) const {
        return share == 1 || luck.draw(6, 0, family_hash).first() < share;
    }

    void refill(i32 unit) {
        UnitState& u = units[unit];
        const i32 moved = std::max(0, std::min(p.units[unit].magazine - u.ready, u.reserve));
        u.ready += moved;
        u.reserve -= moved;
    }

    void apply(i64 now, Kind kind, i32 number) {
        switch (kind) {
        case RESOLUTION: {
            Engagement& e = engagements[number];
            const Window& w = p.windows[e.window];
            ThreatState& t = threats[w.threat];
            if (t.fate == ALIVE && dies(w, e)) {
                t.fate = KILLED, t.end = now, t.killer = w.unit, t.kill_rounds = e.rounds;
                e.killed = true;
            }
            push(e.drops, ASSESSMENT, number);
            break;
        }
        case ASSESSMENT:
            assessed(now, p.windows[engagements[number].window], number);
            break;
        case RECOVERY:
            recovered(p.windows[engagements[number].window].unit);
            break;
        case RELOAD: {
            refill(number);
            units[number].reloading = false;
            consider_unit(number);
            break;
        }
        case OPENING: {
            const Window& w = p.windows[number];
            if (threats[w.threat].fate != ALIVE) break;
            windows[number].open = true;
            units[w.unit].open.push_back(number);
            candidates.push_back(number);
            break;
        }
        case FAILURE:
        case IMPACT: {
            ThreatState& t = threats[number];
            if (t.fate == ALIVE) t.fate = kind == FAILURE ? FAILED : LEAKED, t.end = now;
            break;
        }
        }
    }

    bool dies(const Window& w, const Engagement& e) const {
        double miss = 1.0;
        for (i32 n = 0; n < e.rounds; ++n) miss *= 1 - w.p_kill / w.susceptible;
        return luck.draw(4, u32(e.ordinal), w.pair_hash).first() < 1 - miss && susceptible(w.family_hash, w.susceptible);
    }

    void assessed(i64 now, const Window& w, i32 number) {
        if (!p.units[w.unit].soft) {
            std::vector<i64>& drops = under_way[w.threat * p.groups + w.group];
            *std::find(drops.begin(), drops.end(), now) = drops.back();
            drops.pop_back();
        }
        if (threats[w.threat].fate == ALIVE) {
            const Threat& t = p.threats[w.threat];
            for (i32 k = t.first_window; k < t.first_window + t.n_windows; ++k) {
                const i32 other = p.by_threat[k];
                if (windows[other].open && p.windows[other].group == w.group) candidates.push_back(other);
            }
        }
        push(now + p.units[w.unit].recover, RECOVERY, number);
    }

    void recovered(i32 unit) {
        ++units[unit].free;
        consider_unit(unit);
    }

    void consider_unit(i32 unit) {
        candidates.insert(candidates.end(), units[unit].open.begin(), units[unit].open.end());
    }

    void close(i32 number) {
        windows[number].open = false;
        std::vector<i32>& open = units[p.windows[number].unit].open;
        *std::find(open.begin(), open.end(), number) = open.back();
        open.pop_back();
    }

    bool eligible(i32 number) const {
        const Window& w = p.windows[number];
        const UnitState& u = units[w.unit];
        return u.free > 0 && u.ready > w.hold && engaged[w.pair] < p.units[w.unit].attempts &&
               (p.units[w.unit].soft || group_allows(w, windows[number].closes));
    }

    bool group_allows(const Window& w, i64 closes) const {
        const Limit& limit = p.limits[p.threats[w.threat].first_limit + w.group];
        const std::vector<i64>& drops = under_way[w.threat * p.groups + w.group];
        const i32 n = i32(drops.size());
        return n < limit.usual || (n < limit.late && closes < *std::min_element(drops.begin(), drops.end()));
    }

    i64 flight(i64 now, const Window& w, const WindowState& s) const {
        if (s.opens == s.closes || w.flight_open == w.flight_close) return w.flight_open;
        const double share = double(now - s.opens) / double(s.closes - s.opens);
        return std::llrint(double(w.flight_open) + double(w.flight_close - w.flight_open) * share);
    }

    bool better(i64 now, i32 a, i32 b) const {
        const Window &x = p.windows[a], &y = p.windows[b];
        const double px = p.threats[x.threat].priority, py = p.threats[y.threat].priority;
        if (px != py) return px > py;
        const i64 ix = threats[x.threat].impact, iy = threats[y.threat].impact;
        if (ix != iy) return ix < iy;
        if (x.rank != y.rank) return x.rank < y.rank;
        const i64 fx = flight(now, x, windows[a]), fy = flight(now, y, windows[b]);
        return fx != fy ? fx < fy : a < b;
    }

    void fire(i64 now) {
        while (true) {
            i32 best = -1;
            std::size_t kept = 0;
            for (const i32 number : candidates) {
                if (!windows[number].open) continue;
                if (now > windows[number].closes || threats[p.windows[number].threat].fate != ALIVE) {
                    close(number);
                    continue;
                }
                if (!eligible(number)) continue;  // nothing at this moment makes it so again
                candidates[kept++] = number;
                if (best < 0 || better(now, number, best)) best = number;
            }
            candidates.resize(kept);
            if (best < 0) return;
            engage(now, best);
        }
    }

    void engage(i64 now, i32 number) {
        const Window& w = p.windows[number];
        UnitState& u = units[w.unit];
        const Unit& unit = p.units[w.unit];
        const i32 rounds = std::min(w.salvo, u.ready - w.hold);
        const i64 intercept = now + flight(now, w, windows[number]), drops = intercept + unit.assess;
        push(intercept, RESOLUTION, i32(engagements.size()));
        engagements.push_back({now, intercept, drops, number, rounds, engaged[w.pair]++, false});
        if (!unit.soft) {
            under_way[w.threat * p.groups + w.group].push_back(drops);
            threats[w.threat].engaged = true;
        }
        --u.free;
        u.ready -= rounds;
        if (u.ready <= unit.reload_at && u.reserve > 0 && !u.reloading) {
            u.reloading = true;
            push(now + unit.reload, RELOAD, w.unit);
        }
    }

    // Why a threat leaked; soft units are left out.
    Reason reason(i32 index) const {
        if (threats[index].fate != LEAKED) return NONE;
        if (threats[index].engaged) return MISSED;
        const Threat& t = p.threats[index];
        Reason worst = NO_WINDOW;
        for (i32 k = t.first_window; k < t.first_window + t.n_windows; ++k) {
            const i32 number = p.by_threat[k];
            if (!p.units[p.windows[number].unit].soft) worst = std::max(worst, windows[number].lost);
        }
        return worst;
    }
};

int main(int argc, char** argv) try {
    if (argc < 2) return std::fprintf(stderr, "usage: standin FILE [--replications N] [--first F] [--seed S] [--print]\n"), 2;
    u64 replications = 1000, first = 0, seed = 1;
    bool print = false;
    for (int i = 2; i < argc; ++i) {
        const std::string option = argv[i];
        if (option == "--print") print = true;
        else if (i + 1 < argc && option == "--replications") replications = std::strtoull(argv[++i], nullptr, 10);
        else if (i + 1 < argc && option == "--first") first = std::strtoull(argv[++i], nullptr, 10);
        else if (i + 1 < argc && option == "--seed") seed = std::strtoull(argv[++i], nullptr, 10);
        else return std::fprintf(stderr, "unknown option: %s\n", argv[i]), 2;
    }
    const Problem problem = read(argv[1]);
    u64 engagements = 0, kills = 0;
    const auto started = std::chrono::steady_clock::now();
    for (u64 r = first; r < first + replications; ++r) {
        Simulation simulation(problem, seed, u32(r));
        simulation.run();
        if (print) simulation.print();
        engagements += simulation.engagements.size();
        kills += simulation.kills();
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
    if (!print)
        std::printf("{\"replications\": %llu, \"seconds\": %.6f, \"replications_per_s\": %.1f, \"engagements\": %llu, "
                    "\"engagements_per_s\": %.0f, \"kills\": %llu}\n",
                    (unsigned long long)replications, seconds.count(), replications / seconds.count(),
                    (unsigned long long)engagements, engagements / seconds.count(), (unsigned long long)kills);
    return 0;
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}
