package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import offload.testing.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed, oversized, smuggled and merely odd requests: each gets one answer, and its connection is closed. */
class FrontDoorRequestsIT {
    private static final Pattern REPEAT = Pattern.compile("\\{(.)\\*(\\d+)}");
    /** A second, and what a busy machine adds; the first deadline would come after ten. */
    private static final double CLOSED_WITHIN_SECONDS = 9;

    /** Of 400 there are several. */
    private static final Map<Integer, String> CODES = Map.of(
            404, "not_found",
            405, "method_not_allowed",
            413, "body_too_large",
            414, "uri_too_long",
            415, "unsupported_media_type",
            431, "headers_too_large");

    @TempDir
    static Path data;

    private static FrontDoor door;

    @BeforeAll
    static void start() throws IOException {
        door = FrontDoor.open(data, Map.of());
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    static Stream<Arguments> requests() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/front-door/requests.txt"));
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .map(parts -> Arguments.of(Integer.parseInt(parts[0]), parts[1], bytes(parts[2])));
    }

    private static String bytes(String text) {
        String whole = text.translateEscapes()
                .replace("{host}", FrontDoor.HOST)
                .replace("{post}", FrontDoor.POST)
                .replace("{json}", FrontDoor.JSON)
                .replace("{size}", Integer.toString(FrontDoor.JSON.length()));
        return REPEAT.matcher(whole).replaceAll(found -> found.group(1).repeat(Integer.parseInt(found.group(2))));
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("requests")
    void a_request_gets_one_answer_and_a_close(int status, String name, String request) throws IOException {
        long start = System.nanoTime();
        try (RawHttp http = door.connect()) {
            Thread.startVirtualThread(() -> sendAll(http, request));
            String all = new String(http.untilClosed(), StandardCharsets.UTF_8);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(all.startsWith("HTTP/1.1 " + status + " "), "the answer is " + all);
            assertEquals(2, all.split("(?m)^Date: ", -1).length, "one answer: " + all);
            assertTrue(seconds < CLOSED_WITHIN_SECONDS, "it took " + seconds + " s");
            assertTrue(all.contains("X-Content-Type-Options: nosniff\r\n"), all);
            assertTrue(status < 400 || all.contains("Cache-Control: no-store\r\n"), all);
            assertTrue(status < 400 || all.contains("Connection: close\r\n"), all);
            assertTrue(status != 431 || all.contains(" 431 Request Header Fields Too Large\r\n"), all);
            assertEquals(status == 415, all.contains("Accept-Encoding: identity\r\n"), all);
            checkBody(status, request, all.substring(all.indexOf("\r\n\r\n") + 4));
        }
    }

    private static void checkBody(int status, String request, String body) {
        if (request.startsWith("HEAD") || status == 204) {
            assertEquals("", body);
        } else if (status >= 400) {
            JsonObject answer = Answer.json(body).asJsonObject();
            assertEquals("error", answer.getString("status"));
            String code = answer.getJsonObject("error").getString("code");
            assertEquals(CODES.getOrDefault(status, code), code);
            assertFalse(body.contains("aaaa") || body.contains("secret") || body.contains("passwd"), body);
        }
    }

    private static void sendAll(RawHttp http, String request) {
        try {
            http.send(request.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException e) {
            // The server may close before it has read what it does not want.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void requests_sent_ahead_are_answered_one_after_another() throws IOException {
        String one = FrontDoor.get("/health");
        String none = FrontDoor.get("/none");
        try (RawHttp http = door.send(one + none + one)) {
            assertEquals(200, http.response().status());
            assertEquals(404, http.response().status());
            assertEquals(200, http.response().status());
        }
    }

    @Test
    void a_submission_leaves_the_connection_to_the_request_behind_it() throws IOException {
        String submission = FrontDoor.POST + "Content-Length: " + FrontDoor.JSON.length() + "\r\n\r\n" + FrontDoor.JSON;
        try (RawHttp http = door.send(submission + submission + FrontDoor.get("/health"))) {
            for (int answer = 0; answer < 3; answer++) {
                RawHttp.Response response = http.response();
                assertEquals(200, response.status());
                assertEquals("keep-alive", response.header("Connection"));
            }
        }
    }

    @Test
    void an_empty_line_before_a_request_is_no_part_of_it() throws IOException {
        String one = FrontDoor.get("/health");
        String submission = FrontDoor.POST + "Content-Length: " + FrontDoor.JSON.length() + "\r\n\r\n" + FrontDoor.JSON;
        try (RawHttp http = door.send("\r\n" + one + submission + "\r\n" + one)) {
            for (int answer = 0; answer < 3; answer++) {
                assertEquals(200, http.response().status());
            }
            http.send("\r\n".getBytes(StandardCharsets.US_ASCII));
            http.send(one.getBytes(StandardCharsets.US_ASCII));
            assertEquals(200, http.response().status());
        }
    }

    @Test
    void a_method_in_small_letters_is_none_on_a_connection_that_served_others_before() throws IOException {
        String small = "delete /none HTTP/1.1\r\n" + FrontDoor.HOST + "\r\n";
        try (RawHttp http = door.send(FrontDoor.get("/health") + FrontDoor.get("/health") + small)) {
            assertEquals(200, http.response().status());
            assertEquals(200, http.response().status());
            RawHttp.Response refused = http.response();
            assertEquals(405, refused.status());
            assertEquals("GET, HEAD, POST, DELETE, OPTIONS", refused.header("Allow"));
            assertEquals("Origin", refused.header("Vary"));
        }
    }

    @Test
    void a_body_that_nobody_reads_is_no_request() throws IOException {
        String hidden = FrontDoor.get("/none");
        String outer = "GET /health HTTP/1.1\r\n" + FrontDoor.HOST + "Content-Length: " + hidden.length() + "\r\n\r\n";
        try (RawHttp http = door.send(outer + hidden + FrontDoor.get("/health"))) {
            assertEquals(200, http.response().status());
            assertEquals(200, http.response().status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /none", "GET /health", "HEAD /health", "POST /health"})
    void a_body_that_its_client_was_not_asked_for_is_no_request(String line) throws IOException {
        String hidden = FrontDoor.get("/hidden");
        String outer = line + " HTTP/1.1\r\n" + FrontDoor.HOST + "Expect: 100-continue\r\nContent-Length: "
                + hidden.length() + "\r\n\r\n";
        try (RawHttp http = door.send(outer + hidden + FrontDoor.get("/hidden"))) {
            RawHttp.Response response = line.startsWith("HEAD") ? http.responseWithoutBody() : http.response();
            assertEquals("close", response.header("Connection"));
            assertArrayEquals(new byte[0], http.untilClosed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "CLOSE", "keep-alive, close", "keep-alive\r\nConnection: close", "x,close"})
    void who_asks_for_a_close_gets_it_whatever_else_is_said(String options) throws IOException {
        String request = "GET /health HTTP/1.1\r\n" + FrontDoor.HOST + "Connection: " + options + "\r\n\r\n";
        try (RawHttp http = door.send(request + FrontDoor.get("/health"))) {
            assertEquals("close", http.response().header("Connection"));
            assertArrayEquals(new byte[0], http.untilClosed());
        }
    }

    @Test
    void HEAD_has_no_body_and_the_connection_goes_on() throws IOException {
        try (RawHttp http =
                door.send("HEAD /health HTTP/1.1\r\n" + FrontDoor.HOST + "\r\n" + FrontDoor.get("/health"))) {
            assertEquals(200, http.responseWithoutBody().status());
            assertTrue(http.response().text().startsWith("{\"status\":\"up\""));
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void who_waits_for_100_is_told_to_go_on(String framing, String body) throws IOException {
        try (RawHttp http = door.send(FrontDoor.POST + "Expect: 100-continue\r\n" + framing + "\r\n\r\n")) {
            assertEquals(100, http.response().status());
            http.send(body);
            assertEquals(200, http.response().status());
            assertArrayEquals(new byte[0], http.untilClosed());
        }
    }

    static Stream<Arguments> framings() {
        return Stream.of(
                Arguments.of("Content-Length: " + FrontDoor.JSON.length(), FrontDoor.JSON),
                Arguments.of("Transfer-Encoding: chunked", "2d\r\n" + FrontDoor.JSON + "\r\n0\r\n\r\n"));
    }

    @Test
    void nothing_names_the_web_server_or_its_version() throws IOException {
        for (String request : List.of(FrontDoor.get("/health"), FrontDoor.get("/none"), "hello\r\n\r\n")) {
            try (RawHttp http = door.send(request)) {
                RawHttp.Response response = http.response();
                String head = new String(response.head().bytes(), StandardCharsets.ISO_8859_1);
                assertFalse(head.matches("(?is).*(helidon|^server:|java|x-powered-by).*"), head);
            }
        }
    }
}
