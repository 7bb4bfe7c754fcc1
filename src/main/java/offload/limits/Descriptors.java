package offload.limits;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many descriptors are open for long, as far as is known: of connections, of the logs and calls of turns, of files that
 * are being read. A listener that gets none for a connection ends for good, so there must always be some left. Any thread.
 */
public final class Descriptors {
    /** A process has one table of them, for all servers in it. */
    public static final Descriptors OF_PROCESS = new Descriptors(limit(Path.of("/proc/self/limits")));

    /** For what is open for a moment, such as statuses that are written, and for the JVM itself. */
    private static final long LEAST_MARGIN = 96;

    /** A hundred turns and their readers need so many. */
    private static final long USUAL = 512;

    private static final int SHARE = 20;
    private static final int FOR_TURNS = 4;

    private final long most;
    private final long margin;
    private final AtomicLong held = new AtomicLong();
    private volatile long connections;

    /** Of a process that may have so many. */
    public Descriptors(long most) {
        this.most = most;
        this.margin = Math.max(LEAST_MARGIN, most / SHARE);
    }

    /** How many this process may have; very many where the system does not tell, 0 where there is none left to ask it. */
    static long limit(Path limits) {
        return Math.min(Integer.MAX_VALUE, SoftLimit.of(limits, "Max open files"));
    }

    /** Whether so few that a server would answer nobody. */
    public boolean areTooFew() {
        return most < 2 * LEAST_MARGIN;
    }

    /** What to say of it where there are few, in a sentence. */
    public Optional<String> shortage() {
        return most >= USUAL
                ? Optional.empty()
                : Optional.of("this process may have " + (most == 0 ? "hardly any" : most)
                        + " files and connections open, and a server needs " + USUAL
                        + " at least: raise LimitNOFILE or ulimit -n");
    }

    /** There are so many connections now. */
    public void connections(long now) {
        connections = now;
    }

    /** So many more are open for long. */
    public void take(int count) {
        held.addAndGet(count);
    }

    /** So many of these are closed. */
    public void give(int count) {
        held.addAndGet(-count);
    }

    /** Whether a turn may begin. */
    public boolean haveRoomForTurn() {
        return connections + held.get() + margin <= most;
    }

    /** Whether a connection may stay; a quarter of all is for turns, which those that stay want to begin. */
    public boolean haveRoomForConnection() {
        return connections + Math.max(held.get() + margin / 2, most / FOR_TURNS) + margin <= most;
    }
}
