package offload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import java.io.EOFException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import offload.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody expected, in the log. */
class ErrorMapperTest {

    @Test
    void a_fault_is_told_by_kind_and_place_on_one_line_without_what_the_request_said() {
        String told = ErrorMapper.places(new IllegalStateException("sk-secret\nof a request"));
        assertTrue(told.startsWith("java.lang.IllegalStateException at "), told);
        assertTrue(told.contains("ErrorMapperTest.java:"), told);
        assertFalse(told.contains("sk-secret"), told);
        assertEquals(1, told.lines().count());
    }

    @Test
    void a_read_that_the_end_of_the_server_cuts_off_ends_the_connection_and_is_no_fault_of_the_data_folder(
            @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("t.json"), "{}");
        Handler cutOff = (request, response) -> {
            try (FileChannel channel = FileChannel.open(file)) {
                Thread.currentThread().interrupt();
                response.send(channel.read(ByteBuffer.allocate(2)));
            }
        };
        assertEndsWithoutAFault(cutOff);
    }

    @Test
    void who_waits_when_the_server_ends_is_let_go_and_nothing_has_failed() throws Exception {
        assertEndsWithoutAFault((request, response) -> {
            Thread.currentThread().interrupt();
            new CountDownLatch(1).await();
        });
    }

    @Test
    void who_meets_a_full_device_is_told_when_to_come_back() throws Exception {
        Handler full = (request, response) -> {
            throw new FileSystemException("t.json", null, "No space left on device");
        };
        WebServer server = serving(ErrorMapper.around(full, new HttpNumbers()));
        try {
            RawHttp.Response answer =
                    RawHttp.exchange("GET", URI.create("http://127.0.0.1:" + server.port() + "/"), null);
            assertEquals(507, answer.status());
            assertEquals("30", answer.header("Retry-After"));
        } finally {
            server.stop();
        }
    }

    @Test
    void a_stream_whose_file_cannot_be_read_any_more_is_broken_off() throws Exception {
        Handler failing = ErrorMapper.around(
                (request, response) -> {
                    OutputStream out = response.outputStream();
                    out.write(": hb\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    throw new FileSystemException("t.txt", null, "Input/output error");
                },
                new HttpNumbers());
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        WebServer server = serving((request, response) -> {
            try {
                failing.handle(request, response);
            } catch (RuntimeException e) {
                ended.complete(e);
                throw e;
            }
        });
        try {
            URI page = URI.create("http://127.0.0.1:" + server.port() + "/");
            assertThrows(EOFException.class, () -> RawHttp.exchange("GET", page, null));
            assertInstanceOf(CloseConnectionException.class, ended.join());
        } finally {
            server.stop();
        }
    }

    private static WebServer serving(Handler handler) {
        return WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.any(handler))
                .build()
                .start();
    }

    private static void assertEndsWithoutAFault(Handler route) throws Exception {
        HttpNumbers numbers = new HttpNumbers();
        Handler handler = ErrorMapper.around(route, numbers);
        WebServer server = serving(handler);
        try {
            URI page = URI.create("http://127.0.0.1:" + server.port() + "/");
            assertThrows(EOFException.class, () -> RawHttp.exchange("GET", page, null));
            StringBuilder told = new StringBuilder();
            numbers.families().forEach(family -> family.render(told));
            assertTrue(told.toString().contains("{reason=\"storage_unavailable\"} 0\n"), told::toString);
            assertTrue(told.toString().contains("{reason=\"internal_error\"} 0\n"), told::toString);
        } finally {
            server.stop();
        }
    }
}
