package offload.http.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import offload.testing.RefusingPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the watchdog learns of a listener. */
class ListenerProbeTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "localhost"})
    void it_is_asked_in_http_on_the_address_that_is_listened_on(String host) throws Exception {
        InetAddress bound = InetAddress.getByName(host);
        try (ServerSocket listener = new ServerSocket(0, 8, bound)) {
            CompletableFuture<String> asked = answering(listener, "HTTP/1.1 200 OK\r\n\r\n");
            assertTrue(new ListenerProbe(bound, listener.getLocalPort()).isAnswered(LONG));
            assertEquals(
                    List.of("GET /health/live HTTP/1.1", "X-Request-Id: offload-watchdog"),
                    asked.get().lines().filter(ListenerProbeTest::isInAccessLog).toList());
        }
    }

    /** Who reads that must not take it for a stranger's. */
    private static boolean isInAccessLog(String line) {
        return line.startsWith("GET ") || line.startsWith("X-Request-Id:");
    }

    @Test
    void a_connection_that_is_ended_without_a_word_is_an_answer() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = answering(listener, "");
            assertTrue(new ListenerProbe(InetAddress.getLoopbackAddress(), listener.getLocalPort()).isAnswered(LONG));
            assertTrue(asked.get().startsWith("GET /health/live HTTP/1.1\r\n"));
        }
    }

    /** It would be ended for having too much to do. */
    @Test
    void a_connection_that_is_reset_is_an_answer() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> reset = CompletableFuture.runAsync(() -> {
                try (Socket socket = listener.accept()) {
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(new ListenerProbe(InetAddress.getLoopbackAddress(), listener.getLocalPort()).isAnswered(LONG));
            reset.get();
        }
    }

    @Test
    void a_listener_that_takes_no_connection_does_not_answer_though_the_system_connects() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            assertFalse(new ListenerProbe(InetAddress.getLoopbackAddress(), listener.getLocalPort()).isAnswered(SHORT));
        }
    }

    @Test
    void nobody_there_is_no_answer() throws IOException {
        try (RefusingPort port = RefusingPort.open()) {
            assertFalse(new ListenerProbe(InetAddress.getLoopbackAddress(), port.number()).isAnswered(LONG));
        }
    }

    private static CompletableFuture<String> answering(ServerSocket listener, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = listener.accept()) {
                Scanner scanner = new Scanner(socket.getInputStream(), StandardCharsets.US_ASCII);
                String head = scanner.useDelimiter("(?<=\r\n\r\n)").next();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                return head;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
