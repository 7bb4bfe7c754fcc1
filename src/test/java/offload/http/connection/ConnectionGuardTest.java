package offload.http.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import offload.limits.Descriptors;
import offload.sweep.Sweeper;
import offload.testing.TcpPair;
import offload.testing.Until;
import org.junit.jupiter.api.Test;

/** Limits of connections, over real sockets of this machine, whose address is not exempt here. */
class ConnectionGuardTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Connections connections = new Connections();
    private final AtomicInteger refusals = new AtomicInteger();
    private Descriptors descriptors = new Descriptors(1_000);

    private ConnectionGuard guard(int most, int perAddress, boolean exempt) {
        GuardSettings settings = new GuardSettings(most, perAddress, LONG, LONG, 1, LONG, LONG);
        return new ConnectionGuard(settings, connections, address -> exempt, descriptors, refusals::incrementAndGet);
    }

    @Test
    void an_address_has_no_more_than_its_share() throws IOException {
        ConnectionGuard guard = guard(100, 2, false);
        try (TcpPair one = TcpPair.open();
                TcpPair two = TcpPair.open();
                TcpPair three = TcpPair.open()) {
            assertTrue(guard.admit(one.server()));
            assertTrue(guard.admit(two.server()));
            assertEquals(0, refusals.get());
            guard.admit(three.server());
            assertEquals(1, refusals.get());
            three.server().close();
            String answer = new String(three.client().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.contains("too_many_connections"), answer);
        }
    }

    @Test
    void a_connection_for_which_there_may_be_no_descriptor_is_refused() throws IOException {
        descriptors = new Descriptors(146);
        ConnectionGuard guard = guard(100, 100, false);
        try (TcpPair one = TcpPair.open();
                TcpPair two = TcpPair.open()) {
            assertTrue(guard.admit(one.server()));
            descriptors.take(1);
            assertFalse(guard.admit(two.server()));
            descriptors.give(1);
            assertTrue(guard.admit(two.server()));
        }
    }

    @Test
    void what_has_closed_leaves_its_descriptor_to_turns_also_while_nobody_connects() throws IOException {
        descriptors = new Descriptors(146);
        ConnectionGuard guard = guard(100, 100, false);
        try (TcpPair one = TcpPair.open();
                TcpPair two = TcpPair.open();
                Sweeper sweeper = new Sweeper()) {
            assertTrue(guard.admit(one.server()) && guard.admit(two.server()));
            descriptors.take(49);
            assertFalse(descriptors.haveRoomForTurn());
            two.server().close();
            guard.start(sweeper);
            Until.holds("there is room for a turn", descriptors::haveRoomForTurn);
        }
    }

    @Test
    void who_is_refused_and_reads_why_has_a_descriptor_like_all_others() throws IOException {
        descriptors = new Descriptors(146);
        ConnectionGuard guard = guard(1, 100, false);
        try (TcpPair one = TcpPair.open();
                TcpPair two = TcpPair.open();
                TcpPair three = TcpPair.open()) {
            assertTrue(guard.admit(one.server()));
            assertTrue(guard.admit(two.server()));
            assertFalse(guard.admit(three.server()));
        }
    }

    @Test
    void a_proxy_that_speaks_for_many_is_limited_in_all_only() throws IOException {
        ConnectionGuard guard = guard(2, 1, true);
        try (TcpPair one = TcpPair.open();
                TcpPair two = TcpPair.open();
                TcpPair three = TcpPair.open()) {
            assertTrue(guard.admit(one.server()));
            assertTrue(guard.admit(two.server()));
            assertEquals(0, refusals.get());
            guard.admit(three.server());
            assertEquals(1, refusals.get());
        }
    }

    /** A thread waits for each who may: in a flood they would be as many as it has connections. */
    @Test
    void so_many_and_no_more_who_are_refused_may_read_why_and_they_take_nobodys_place() throws IOException {
        ConnectionGuard guard = guard(1, 100, false);
        List<Closeable> all = new ArrayList<>();
        try (TcpPair one = TcpPair.open()) {
            assertTrue(guard.admit(one.server()));
            for (int i = 0; i < ConnectionGuard.MOST_REFUSED; i++) {
                TcpPair refused = TcpPair.open();
                all.add(refused);
                assertTrue(guard.admit(refused.server()), "of " + i + " before it");
                assertTrue(
                        Objects.requireNonNull(connections.of(refused.server().getRemoteAddress()))
                                .isRefused());
            }
            TcpPair last = TcpPair.open();
            all.add(last);
            assertFalse(guard.admit(last.server()));
            assertEquals(ConnectionGuard.MOST_REFUSED + 1, refusals.get());
            last.server().close();
            one.server().close();
            TcpPair next = TcpPair.open();
            all.add(next);
            assertTrue(guard.admit(next.server()));
            assertFalse(Objects.requireNonNull(connections.of(next.server().getRemoteAddress()))
                    .isRefused());
        } finally {
            for (Closeable each : all) {
                each.close();
            }
        }
    }

    @Test
    void what_is_closed_counts_no_more() throws IOException {
        ConnectionGuard guard = guard(1, 1, false);
        for (int i = 0; i < 20; i++) {
            try (TcpPair pair = TcpPair.open()) {
                assertTrue(guard.admit(pair.server()), "connection " + i);
                assertNotNull(connections.of(pair.client().getLocalSocketAddress()));
                pair.server().close();
                assertNull(connections.of(pair.client().getLocalSocketAddress()));
            }
        }
    }

    /** Else the limit would grow with each who was refused, or an address that ever was would have nothing left. */
    @Test
    void who_was_refused_and_has_left_counts_no_more() throws IOException {
        ConnectionGuard guard = guard(1, 2, false);
        for (int i = 0; i < 3; i++) {
            try (TcpPair one = TcpPair.open();
                    TcpPair two = TcpPair.open()) {
                guard.admit(one.server());
                assertEquals(i, refusals.get());
                guard.admit(two.server());
                assertEquals(i + 1, refusals.get());
            }
        }
    }

    @Test
    void a_port_that_its_client_uses_again_counts_once() throws IOException {
        ConnectionGuard guard = guard(100, 1, false);
        SocketAddress port = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(port)) {
            for (int i = 0; i < 3; i++) {
                try (Socket client = new Socket()) {
                    client.setSoLinger(true, 0);
                    client.bind(port);
                    client.connect(listener.getLocalAddress());
                    port = client.getLocalSocketAddress();
                    try (SocketChannel accepted = listener.accept()) {
                        guard.admit(accepted);
                        assertEquals(0, refusals.get(), "connection " + i);
                    }
                }
            }
        }
    }

    @Test
    void an_IPv6_site_is_one_source() throws IOException {
        Source one = Source.of(InetAddress.ofLiteral("2001:db8:1:2::1"));
        assertEquals(one, Source.of(InetAddress.ofLiteral("2001:db8:1:2:ffff::9")));
        assertFalse(one.equals(Source.of(InetAddress.ofLiteral("2001:db8:1:3::1"))));
        assertFalse(Source.of(InetAddress.ofLiteral("10.0.0.1")).equals(Source.of(InetAddress.ofLiteral("10.0.0.2"))));
    }

    @Test
    void what_has_only_begun_is_not_measured_by_the_time_of_what_came_before() throws IOException {
        try (TcpPair pair = TcpPair.open()) {
            Connection connection = connections.add(pair.server());
            assertNotNull(connection);
            connection.answer();
            long later = System.nanoTime() + 1;
            assertTrue(connection.isLate(later, _ -> 0));
            assertFalse(connection.isLate(later, begun -> {
                while (System.nanoTime() < later) {
                    Thread.onSpinWait();
                }
                begun.write();
                return 0;
            }));
        }
    }
}
