package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import offload.testing.BlackHole;
import offload.testing.FakeNames;
import offload.testing.RefusingPort;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names, addresses and the connect timeout. */
class ConnectTest {
    private static final Duration LIMIT = Duration.ofMillis(700);
    /** For what is not the limit's to end: a busy machine may take seconds for it. */
    private static final Duration PATIENT = Duration.ofSeconds(20);
    /** What a busy machine may be late by. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private Caller caller;

    @BeforeEach
    void start() {
        caller = new Caller();
    }

    @AfterEach
    void stop() {
        caller.close();
    }

    private ChatEnd connect(String authority, Duration limit) throws Exception {
        return caller.run(Caller.call(URI.create(authority + "/v1"), true, limit), new RecordingSink());
    }

    /** Not before the limit, and not much later: the machine may be busy. */
    private void assertTimesOut(String authority) throws Exception {
        long start = System.nanoTime();
        assertEquals(new ChatEnd.ConnectTimedOut(), connect(authority, LIMIT));
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(taken.compareTo(LIMIT) >= 0, "too early: " + taken);
        assertTrue(taken.compareTo(LIMIT.plus(LATE)) < 0, "too late: " + taken);
    }

    private static void assertUnreachable(ChatEnd end, String word) {
        String message = assertInstanceOf(ChatEnd.Unreachable.class, end).message();
        assertTrue(message.contains(word), message);
    }

    @Test
    void an_address_that_does_not_answer_times_out() throws Exception {
        try (BlackHole hole = BlackHole.open()) {
            assertTimesOut("http://127.0.0.1:" + hole.port());
        }
    }

    @Test
    void a_tls_handshake_that_does_not_end_times_out() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            CountDownLatch gate = new CountDownLatch(1);
            upstream.then(c -> c.await(gate));
            assertTimesOut("https://127.0.0.1:" + upstream.port());
            gate.countDown();
        }
    }

    @Test
    void a_name_that_cannot_be_looked_up_in_time_times_out() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        FakeNames.hang("slow-names.test", release);
        assertTimesOut("http://slow-names.test:80");
        release.countDown();
    }

    @Test
    void dead_name_servers_do_not_stop_calls_to_other_hosts() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        FakeNames.put("good-names.test", "127.0.0.1");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.events("{}"))) {
            for (int i = 0; i < 8; i++) {
                FakeNames.hang("dead-" + i + ".test", release);
                caller.start(Caller.call(URI.create("http://dead-" + i + ".test/"), true, Duration.ofSeconds(30)));
            }
            assertEquals(
                    new ChatEnd.Done(), connect("http://good-names.test:" + upstream.port(), Duration.ofSeconds(10)));
        } finally {
            release.countDown();
        }
    }

    @Test
    void an_unknown_name_is_unreachable() throws Exception {
        assertUnreachable(connect("http://unknown-name.test", PATIENT), "unknown-name.test could not be resolved");
    }

    @Test
    void a_refused_connection_is_unreachable() throws Exception {
        try (RefusingPort port = RefusingPort.open()) {
            String address = "127.0.0.1:" + port.number();
            assertUnreachable(connect("http://" + address, PATIENT), address + " refused");
        }
    }

    @Test
    void all_addresses_are_tried_in_order() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.events("{}"))) {
            FakeNames.put("three-addresses.test", "127.0.0.2", "::1", "127.0.0.1");
            String authority = "http://three-addresses.test:" + upstream.port();
            assertEquals(new ChatEnd.Done(), connect(authority, Duration.ofSeconds(10)));
            assertEquals(
                    "three-addresses.test:" + upstream.port(),
                    upstream.request(0).header("Host"));
        }
    }

    @Test
    void an_address_that_does_not_answer_leaves_time_for_the_next() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.events("{}"));
                BlackHole hole = BlackHole.open("127.0.0.3", upstream.port())) {
            FakeNames.put("half-dead.test", "127.0.0.3", "127.0.0.1");
            assertEquals(new ChatEnd.Done(), connect("http://half-dead.test:" + hole.port(), Duration.ofSeconds(10)));
        }
    }

    @Test
    void all_addresses_together_have_the_one_limit() throws Exception {
        // So many that each with a limit of its own would be far later than a busy machine is.
        String[] addresses =
                IntStream.range(3, 23).mapToObj(last -> "127.0.0." + last).toArray(String[]::new);
        List<BlackHole> holes = new ArrayList<>();
        try {
            for (String address : addresses) {
                holes.add(BlackHole.open(
                        address, holes.isEmpty() ? 0 : holes.getFirst().port()));
            }
            FakeNames.put("all-dead.test", addresses);
            assertTimesOut("http://all-dead.test:" + holes.getFirst().port());
        } finally {
            for (BlackHole hole : holes) {
                hole.close();
            }
        }
    }

    @Test
    void the_limit_ends_with_the_connection_and_does_not_cut_the_answer() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            CountDownLatch gate = new CountDownLatch(1);
            upstream.then(Script.eventsThenWait(gate, "{}"));
            Duration limit = Duration.ofSeconds(5);
            Caller.Running running = caller.start(Caller.call(upstream.base(), true, limit));
            upstream.request(0);
            // Another call's time out shows that the clock has looked at the first one after its limit.
            try (BlackHole hole = BlackHole.open()) {
                assertEquals(new ChatEnd.ConnectTimedOut(), connect("http://127.0.0.1:" + hole.port(), limit));
            }
            gate.countDown();
            assertEquals(new ChatEnd.Done(), running.await());
        }
    }
}
