package offload.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventFollowerTest {

    @Test
    @Timeout(60)
    void a_connection_on_which_nothing_comes_any_more_is_taken_up_again_at_the_cursor() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        List<String> cursors = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(executor);
            server.createContext("/", exchange -> {
                cursors.add(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
                exchange.sendResponseHeaders(200, 0);
                String record = cursors.size() == 1 ? "data: one\nid: 17\n\n: hb\n" : "data: [DONE]\nid: 38\n\n";
                exchange.getResponseBody().write(record.getBytes(UTF_8));
                exchange.getResponseBody().flush();
                if (cursors.size() == 1) {
                    await(over);
                }
                exchange.close();
            });
            server.start();
            List<String> events = new ArrayList<>();
            List<String> losses = new ArrayList<>();
            TurnAddress turn =
                    TurnAddress.of("http://127.0.0.1:" + server.getAddress().getPort() + "/turn.json", null);
            new EventFollower(new Wire(), turn, "0", slowly(events), losses::add, Duration.ofSeconds(2)).run();
            assertEquals(List.of("one"), events);
            assertEquals(List.of("0", "17"), cursors);
            assertEquals(List.of("nothing came for 2 s; going on at 17"), losses);
            over.countDown();
            server.stop(0);
        }
    }

    @Test
    @Timeout(60)
    void an_event_that_takes_long_to_come_is_no_silence() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (String piece : List.of("data: o", "n", "e", "\nid: 17\n\ndata: [DONE]\nid: 38\n\n")) {
                exchange.getResponseBody().write(piece.getBytes(UTF_8));
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
            exchange.close();
        });
        server.start();
        List<String> events = new ArrayList<>();
        List<String> losses = new ArrayList<>();
        TurnAddress turn =
                TurnAddress.of("http://127.0.0.1:" + server.getAddress().getPort() + "/turn.json", null);
        new EventFollower(new Wire(), turn, "0", events::add, losses::add, Duration.ofSeconds(2)).run();
        assertEquals(List.of(), losses);
        assertEquals(List.of("one"), events);
        server.stop(0);
    }

    /** Who prints to a full pipe is slower than any patience, and that is no loss. */
    private static Consumer<String> slowly(List<String> events) {
        return event -> {
            LockSupport.parkNanos(Duration.ofMillis(2500).toNanos());
            events.add(event);
        };
    }

    private static void await(CountDownLatch over) throws IOException {
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
