package offload.bench;

import java.util.List;
import java.util.Optional;

/**
 * A load.
 *
 * @param name by which it is asked for
 * @param title in the table
 * @param streams at once; in a replay connections
 * @param tokens of each
 * @param rate tokens per second of each; 0 for flat out
 * @param readers of each
 * @param ramp new ones per second; 0 for all at once
 * @param seconds of a replay
 */
record Work(String name, String title, int streams, int tokens, int rate, int readers, int ramp, int seconds) {

    static List<Work> all() {
        return List.of(
                new Work("paced", "1000 turns x 30 tokens/s", 1000, 200, 30, 1, 1000, 0),
                new Work("small", "100 turns x 30 tokens/s", 100, 250, 30, 1, 100, 0),
                new Work("flat", "200 turns flat out", 200, 2000, 0, 1, 200, 0),
                new Work("fan-out", "1 turn, 1000 readers, 30 tokens/s", 1, 200, 30, 1000, 0, 0),
                new Work("fan-out-5000", "1 turn, 5000 readers, 10 tokens/s", 1, 60, 10, 5000, 0, 0),
                new Work("beside", "100 turns x 30 tokens/s beside 1 turn, 1000 readers", 100, 250, 30, 1, 100, 0),
                new Work("replay", "replay of 500 events", 50, 500, 0, 1, 0, 5),
                new Work("turns", "turns of one token, 300 per second", 3000, 1, 0, 1, 300, 0),
                new Work("burst", "4500 turns at 900/s, 8 tokens/s", 4500, 60, 8, 1, 900, 0),
                new Work("few", "10 turns x 30 tokens/s", 10, 250, 30, 1, 0, 0),
                new Work("many", "2000 turns x 10 tokens/s", 2000, 100, 10, 1, 500, 0),
                new Work("long", "1 turn of 100000 tokens, flat out", 1, 100_000, 0, 1, 0, 0),
                new Work("readers", "1 turn, 10000 readers, 1 token/s", 1, 10, 1, 10_000, 0, 0));
    }

    /** The works of these names, or all where there are none. */
    static List<Work> named(List<String> names) {
        List<Work> works = all().stream()
                .filter(work -> names.isEmpty() || names.contains(work.name()))
                .toList();
        if (works.size() < names.size()) {
            throw new IllegalArgumentException("works are "
                    + String.join(" ", all().stream().map(Work::name).toList()));
        }
        return works;
    }

    /** What goes on meanwhile: it begins some seconds earlier and ends later. */
    Optional<Work> beside() {
        return name.equals("beside") ? Optional.of(new Work("", "", 1, 400, 30, 1000, 0, 0)) : Optional.empty();
    }

    boolean isReplay() {
        return seconds > 0;
    }

    boolean isFanOut() {
        return readers > 1;
    }

    /** Whether it is more than the peer's set-up has connections for. */
    boolean isAlone() {
        return readers > 5000;
    }

    /** Whether slower peers can do it as well, and the way without any. */
    boolean hasMorePeers() {
        return name.equals("small");
    }

    /** Whether the cost of a whole stream is what counts. */
    boolean perStream() {
        return isReplay() || tokens == 1;
    }
}
