package offload.http.head;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.RoutingRequest;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import offload.http.connection.ConnectionGuard;
import offload.http.connection.Connections;
import offload.http.connection.GuardSettings;
import offload.limits.Descriptors;
import offload.testing.TcpPair;
import org.junit.jupiter.api.Test;

/** Heads as they come, in pieces, to a server that has memory for few large ones. */
class HeadMemoryTest {
    private static final String LARGE = "X: " + "a".repeat(12_000) + "\r\n\r\n";

    private static final Duration LONG = Duration.ofHours(1);

    private final HeadMemory heads = new HeadMemory(20_000);

    @Test
    void a_head_is_waited_for_up_to_its_end_and_stays_where_it_is() {
        Queue<String> pieces = pieces("A: b\r\nC: d\r", "\n\r", "\nbody", "more");
        DataReader in = reader(pieces);
        assertEquals(0, heads.await(in));
        assertEquals(List.of("more"), List.copyOf(pieces));
        assertEquals("A: b\r\nC: d\r\n\r\nbody", in.readAsciiString(in.available()));
    }

    @Test
    void there_may_be_no_field_at_all() {
        Queue<String> pieces = pieces("\r\n", "more");
        assertEquals(0, heads.await(reader(pieces)));
        assertEquals(1, pieces.size());
    }

    @Test
    void what_can_be_no_head_is_not_waited_for() {
        for (String wrong : List.of("A: b\n", "A: b\rC", "X: " + "a".repeat(20_000))) {
            Queue<String> pieces = pieces(wrong, "more");
            assertDoesNotThrow(() -> new HeadMemory(1 << 20).await(reader(pieces)));
            assertEquals(1, pieces.size(), wrong);
        }
    }

    @Test
    void a_client_who_leaves_in_the_middle_holds_nothing() {
        for (int i = 0; i < 10; i++) {
            assertEquals(0, heads.await(reader(pieces("X: " + "a".repeat(12_000)))));
        }
    }

    @Test
    void a_hundred_fields_are_taken_and_no_more_even_before_the_end() {
        long taken = new HeadMemory(1 << 20).await(reader(pieces("A: b\r\n".repeat(100) + "\r\n")));
        assertTrue(taken > 25_600, "they take " + taken);
        assertThrows(
                RequestException.class, () -> new HeadMemory(1 << 20).await(reader(pieces("A: b\r\n".repeat(101)))));
    }

    @Test
    void what_takes_less_than_8_kilobytes_counts_as_a_part_of_its_connection() {
        assertEquals(0, heads.await(reader(pieces("X: " + "a".repeat(7_800) + "\r\n\r\n"))));
        assertTrue(heads.await(reader(pieces("X: " + "a".repeat(7_900) + "\r\n\r\n"))) > 8_192);
    }

    @Test
    void a_head_takes_what_it_has_in_all_and_each_piece_that_it_came_in() {
        long whole = heads.await(reader(pieces(LARGE)));
        for (int i = 0; i < 10; i++) {
            long taken = heads.await(reader(pieces(LARGE.substring(0, 9_000), LARGE.substring(9_000))));
            assertTrue(taken > whole && taken < whole + 1_000, "it takes " + taken);
        }
    }

    @Test
    void crumbs_are_refused_before_the_head_is_large() {
        String[] crumbs = "a".repeat(3_000).split("");
        assertThrows(RequestException.class, () -> new HeadMemory(1 << 20).await(reader(pieces(crumbs))));
    }

    @Test
    void large_heads_are_refused_while_others_hold_the_memory_and_small_ones_are_not() {
        long held = heads.await(reader(pieces(LARGE)));
        assertTrue(held > 12_000, "it takes " + held);
        heads.hold(held);
        RequestException refused = assertThrows(RequestException.class, () -> heads.await(reader(pieces(LARGE))));
        assertEquals(503, refused.status().code());
        assertTrue(refused.responseHeaders().contains(HeaderNames.RETRY_AFTER));
        assertEquals(0, heads.await(reader(pieces("A: b\r\n\r\n"))));
        heads.release(held);
        assertEquals(held, heads.await(reader(pieces(LARGE))));
    }

    @Test
    void a_large_head_is_held_while_its_request_is_answered_and_no_longer() throws Exception {
        Connections connections = new Connections();
        GuardSettings settings = new GuardSettings(9, 9, LONG, LONG, 1, LONG, LONG);
        try (TcpPair pair = TcpPair.open()) {
            new ConnectionGuard(settings, connections, _ -> true, new Descriptors(1_000), () -> {})
                    .admit(pair.server());
            SocketAddress client = pair.client().getLocalSocketAddress();
            long large = heads.await(reader(pieces(LARGE)));
            new ConnectionProgress(connections, _ -> {}, heads).prologue(of(client, reader(pieces(LARGE))), null);
            HeldHead held = new HeldHead(connections, heads);
            for (int i = 0; i < 2; i++) {
                held.filter(
                        () -> assertThrows(RequestException.class, () -> heads.await(reader(pieces(LARGE)))),
                        from(client),
                        null);
                assertEquals(large, heads.await(reader(pieces(LARGE))));
            }
        }
    }

    /** Nothing of it is asked for here but who sends and what. */
    private static ConnectionContext of(SocketAddress client, DataReader in) {
        PeerInfo peer = answering(PeerInfo.class, client);
        return (ConnectionContext) Proxy.newProxyInstance(
                HeadMemoryTest.class.getClassLoader(),
                new Class<?>[] {ConnectionContext.class},
                (_, method, _) -> method.getName().equals("dataReader") ? in : peer);
    }

    /** Nothing of it is asked for here but who sent it. */
    private static RoutingRequest from(SocketAddress client) {
        PeerInfo peer = answering(PeerInfo.class, client);
        return answering(RoutingRequest.class, peer);
    }

    /** Answers whatever is asked with the same. */
    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                HeadMemoryTest.class.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> answer));
    }

    private static Queue<String> pieces(String... pieces) {
        return new ArrayDeque<>(List.of(pieces));
    }

    private static DataReader reader(Queue<String> pieces) {
        return DataReader.create(() -> {
            String next = pieces.poll();
            return next == null ? null : next.getBytes(StandardCharsets.US_ASCII);
        });
    }
}
