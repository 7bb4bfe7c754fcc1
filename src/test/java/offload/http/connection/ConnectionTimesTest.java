package offload.http.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import offload.http.connection.Connection.Phase;
import offload.limits.Descriptors;
import offload.sweep.Sweeper;
import offload.testing.TcpPair;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operator says of one time is heeded where it is meant, and nowhere else. */
class ConnectionTimesTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Set<Phase> PHASES = EnumSet.complementOf(EnumSet.of(Phase.LINGER));

    private final Connections connections = new Connections();
    private final List<TcpPair> pairs = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (TcpPair pair : pairs) {
            pair.close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LINGER")
    void each_phase_has_a_time_of_its_own(Phase over) throws IOException {
        Function<Phase, Duration> time = phase -> phase == over ? Duration.ofMillis(1) : LONG;
        GuardSettings settings = new GuardSettings(
                10,
                10,
                time.apply(Phase.HEAD),
                time.apply(Phase.BODY),
                1,
                time.apply(Phase.IDLE),
                time.apply(Phase.ANSWER));
        ConnectionGuard guard = new ConnectionGuard(settings, connections, _ -> true, new Descriptors(1_000), () -> {});
        Map<Phase, SocketChannel> open = new EnumMap<>(Phase.class);
        for (Phase phase : PHASES) {
            open.put(phase, connection(guard, phase).channel());
        }
        try (Sweeper sweeper = new Sweeper()) {
            guard.start(sweeper);
            Until.holds("its time is over", () -> !open.get(over).isOpen());
        }
        open.values().removeIf(channel -> !channel.isOpen());
        assertEquals(PHASES.size() - 1, open.size(), "open are yet " + open.keySet());
    }

    /** Else who sent one large body may drip the next ones for as long. */
    @Test
    void a_body_has_time_for_its_own_bytes_alone() throws IOException {
        Duration moment = Duration.ofMillis(1);
        GuardSettings settings = new GuardSettings(10, 10, LONG, moment, 1, LONG, LONG);
        ConnectionGuard guard = new ConnectionGuard(settings, connections, _ -> true, new Descriptors(1_000), () -> {});
        Connection first = connection(guard, Phase.BODY);
        first.took(3_600);
        Connection second = connection(guard, Phase.BODY);
        second.took(3_600);
        second.answer();
        second.idle();
        second.body();
        try (Sweeper sweeper = new Sweeper()) {
            guard.start(sweeper);
            Until.holds("its time is over", () -> !second.channel().isOpen());
        }
        assertTrue(first.channel().isOpen());
    }

    /** Else who drips the first line has as long again for its fields. */
    @Test
    void the_first_head_has_one_time_from_the_acceptance_on_and_each_other_from_its_line_on() throws IOException {
        GuardSettings settings = new GuardSettings(10, 10, LONG, LONG, 1, LONG, LONG);
        ConnectionGuard guard = new ConnectionGuard(settings, connections, _ -> true, new Descriptors(1_000), () -> {});
        Connection connection = connection(guard, Phase.HEAD);
        long accepted = moment();
        connection.head(DataReader.create(() -> null));
        assertTrue(connection.isLate(accepted, _ -> 0));
        connection.idle();
        long waited = moment();
        connection.head(DataReader.create(() -> null));
        assertFalse(connection.isLate(waited, _ -> 0));
    }

    /** A time after whatever was done before, and before whatever is done then. */
    private static long moment() {
        long moment = System.nanoTime() + 1;
        while (System.nanoTime() <= moment) {
            Thread.onSpinWait();
        }
        return moment;
    }

    private Connection connection(ConnectionGuard guard, Phase phase) throws IOException {
        TcpPair pair = TcpPair.open();
        pairs.add(pair);
        guard.admit(pair.server());
        Connection connection =
                Objects.requireNonNull(connections.of(pair.client().getLocalSocketAddress()));
        switch (phase) {
            case BODY -> connection.body();
            case ANSWER -> {
                connection.answer();
                connection.write();
            }
            case IDLE -> connection.idle();
            case HEAD, LINGER -> {}
        }
        return connection;
    }
}
