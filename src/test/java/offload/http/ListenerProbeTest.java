package offload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getByName(host))) {
            CompletableFuture<String> asked = answering(listener, "HTTP/1.1 200 OK\r\n\r\n");
            assertTrue(new ListenerProbe(host, listener.getLocalPort()).isAnswered(LONG));
            assertEquals("GET /health/live HTTP/1.1", asked.get());
        }
    }

    @Test
    void a_connection_that_is_ended_without_a_word_is_an_answer() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = answering(listener, "");
            assertTrue(new ListenerProbe("127.0.0.1", listener.getLocalPort()).isAnswered(LONG));
            assertEquals("GET /health/live HTTP/1.1", asked.get());
        }
    }

    @Test
    void a_listener_that_takes_no_connection_does_not_answer_though_the_system_connects() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            assertFalse(new ListenerProbe("127.0.0.1", listener.getLocalPort()).isAnswered(SHORT));
        }
    }

    @Test
    void nobody_there_is_no_answer() throws IOException {
        try (RefusingPort port = RefusingPort.open()) {
            assertFalse(new ListenerProbe("127.0.0.1", port.number()).isAnswered(LONG));
        }
    }

    private static CompletableFuture<String> answering(ServerSocket listener, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = listener.accept()) {
                byte[] read = socket.getInputStream().readNBytes(25);
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                return new String(read, StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
