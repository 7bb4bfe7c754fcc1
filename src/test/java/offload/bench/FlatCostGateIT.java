package offload.bench;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That nothing gets dearer with size: a token among a thousand turns and late in a long one, a reader who comes late.
 *
 * <p>Counted are steps of Offload's own code, the heap it allocates, and its system calls that read and write with the
 * bytes they move. Time would see more, but time is moved by whatever else runs; none of these is. Two things make them
 * exact. Tokens come in {@link LockStep}, so that no batch depends on how busy the machine is: each is found alone,
 * appended alone and delivered alone. And only the threads that work for turns and readers are looked at, not those that
 * work by the clock. What is not seen: a loop inside the JDK that allocates nothing.
 */
class FlatCostGateIT {
    private static final double MOST = 1.15;
    /** Where hardly any garbage is left, a share of it says nothing: now and then the text of an answer gets more room. */
    private static final int FEW_BYTES = 256;

    private static final int WARM_UP = 2_000;
    private static final int TOKENS = 2_000;
    private static final int READERS = 50;
    private static final int EARLY = 100;
    private static final int LATE = 100_000;
    /** Of the server, which needs most: the upstream, the reader and the log of each of a thousand turns. */
    private static final int DESCRIPTORS = 4_000;

    @TempDir
    Path folder;

    private CountedServer server;
    private LockStep peers;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/io")), "no counts of system calls in /proc");
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        && system.getMaxFileDescriptorCount() >= DESCRIPTORS,
                "too few descriptors for a thousand turns: ulimit -Hn is below " + DESCRIPTORS);
        ServerSocket upstream = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        server = CountedServer.start(folder, upstream.getLocalPort());
        peers = new LockStep(server.port(), upstream);
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
            peers.close();
        }
    }

    @Test
    void a_token_costs_the_same_among_10_and_100_and_1000_turns() throws Exception {
        List<LockStep.Turn> turns = new ArrayList<>();
        grow(turns, 10);
        perToken(turns, WARM_UP);
        Effort among10 = perToken(turns, TOKENS);
        grow(turns, 100);
        Effort among100 = perToken(turns, TOKENS);
        grow(turns, 1_000);
        Effort among1000 = perToken(turns, TOKENS);
        assertFlat("a token among 100 turns", among10, among100);
        assertFlat("a token among 1000 turns", among10, among1000);
    }

    @Test
    void a_token_and_a_late_reader_cost_the_same_at_the_100th_and_at_the_100000th_event() throws Exception {
        LockStep.Turn early = peers.begin();
        perToken(List.of(early), WARM_UP);
        perReader(early);
        early = peers.begin();
        LockStep.Turn late = peers.begin();
        perToken(List.of(early, late), 2 * EARLY);
        Effort earlyToken = perToken(List.of(late), TOKENS);
        Effort earlyReader = perReader(early);

        late = atEvent(late, LATE - EARLY - TOKENS);
        perToken(List.of(late), EARLY);
        Effort lateToken = perToken(List.of(late), TOKENS);
        Effort lateReader = perReader(late);
        assertFlat("a token late in a turn", earlyToken, lateToken);
        assertFlat("a reader who comes late to a turn", earlyReader, lateReader);

        peers.end(early);
        peers.end(late);
        perReaderOfFinal(early);
        assertFlat("the last event of a final turn", perReaderOfFinal(early), perReaderOfFinal(late));
    }

    /** The turn, further on by so many tokens as fast as they go; its reader is another one. */
    private LockStep.Turn atEvent(LockStep.Turn turn, int tokens) throws IOException {
        Path log = server.file(turn.path());
        peers.flatOut(turn, tokens);
        Until.holds("the last token is in the log", () -> LogEnd.of(log).text().contains(LockStep.LAST_WORD));
        Socket reader = peers.read(turn.path(), LogEnd.of(log).cursorBeforeLast());
        peers.awaitEvent(reader);
        return new LockStep.Turn(turn.path(), turn.sender(), reader);
    }

    private Effort perReader(LockStep.Turn turn) throws IOException {
        long cursor = LogEnd.of(server.file(turn.path())).cursorBeforeLast();
        Effort before = server.effort();
        for (int i = 0; i < READERS; i++) {
            peers.awaitEvent(peers.read(turn.path(), cursor));
        }
        return server.effort().since(before, READERS);
    }

    private Effort perReaderOfFinal(LockStep.Turn turn) throws IOException {
        // The end of the turn's own reader says that the turn is final.
        turn.reader().getInputStream().readAllBytes();
        long cursor = LogEnd.of(server.file(turn.path())).cursorBeforeLast();
        Effort before = server.effort();
        for (int i = 0; i < READERS; i++) {
            peers.read(turn.path(), cursor).getInputStream().readAllBytes();
        }
        return server.effort().since(before, READERS);
    }

    /** Begins turns until there are {@code count}, and gives each its first tokens, in which it still has to settle. */
    private void grow(List<LockStep.Turn> turns, int count) throws IOException {
        while (turns.size() < count) {
            turns.add(peers.begin());
        }
        perToken(turns, 2 * count);
    }

    private Effort perToken(List<LockStep.Turn> turns, int tokens) throws IOException {
        Effort before = server.effort();
        for (int i = 0; i < tokens; i++) {
            peers.token(turns.get(i % turns.size()));
        }
        return server.effort().since(before, tokens);
    }

    private static void assertFlat(String what, Effort small, Effort large) {
        assertAll(
                () -> assertTrue(small.steps() > 10 && small.calls() >= 2, what + " is not seen: " + small),
                () -> assertGrowth(what + ", steps", small.steps(), large.steps(), 0),
                () -> assertGrowth(what + ", bytes of heap", small.allocated(), large.allocated(), FEW_BYTES),
                () -> assertGrowth(what + ", system calls", small.calls(), large.calls(), 0),
                () -> assertGrowth(what + ", bytes moved", small.moved(), large.moved(), 0));
    }

    private static void assertGrowth(String what, double small, double large, double slack) {
        assertTrue(large <= small * MOST + slack, what + ": " + small + " have become " + large);
    }
}
