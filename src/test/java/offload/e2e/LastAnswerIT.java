package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was answered before a connection is closed reaches its client, however much he has sent behind that which is never
 * read: a reset would take what he has not read yet (RFC 9112 section 9.6).
 */
class LastAnswerIT {
    private static final int LARGE = 20_000;
    private static final int ANSWERS = 3;
    /** More than fits the buffers of client and server: to send it all takes a server who reads it, or has closed. */
    private static final String AHEAD = FrontDoor.get("/never-answered").repeat(20_000);

    private static final int SMALL_BUFFER = 8 * 1024;

    @TempDir
    Path data;

    private FrontDoor door;
    private String large;

    @BeforeEach
    void begin() throws IOException {
        door = FrontDoor.open(data, Map.of());
        String[] events = new String[ANSWERS];
        Arrays.fill(events, FrontDoor.chunk("y".repeat(LARGE)));
        door.upstream().then(Script.events(events));
        Turn turn = Turn.submit(door);
        turn.awaitEnd();
        large = FrontDoor.get(turn.events().getPath());
    }

    @AfterEach
    void end() {
        door.close();
    }

    private static Socket connect(FrontDoor door) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(SMALL_BUFFER);
        client.setSendBufferSize(SMALL_BUFFER);
        client.connect(new InetSocketAddress("127.0.0.1", door.port()));
        return client;
    }

    private static void send(Socket client, String requests) {
        try {
            client.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Closed before all was sent: what was answered by then is to be had all the same.
        }
    }

    private static String rest(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** All that is answered on a connection whose client sends all of {@code requests} before he reads anything. */
    private String answersTo(String requests) throws IOException {
        try (Socket client = connect(door)) {
            send(client, requests);
            return rest(client);
        }
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /health HTTP/1.0\r\n\r\n",
                "POST /none HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                FrontDoor.POST + "Transfer-Encoding: chunked\r\n\r\n2d\r\n" + FrontDoor.JSON + "\r\n0\r\n\r\n",
                FrontDoor.POST + "Content-Length: 9000000\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "get /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "hello\r\n\r\n",
            })
    void answers_before_the_last_are_not_lost(String last) throws IOException {
        String answers = answersTo(large.repeat(ANSWERS) + last + AHEAD);
        assertEquals(ANSWERS + 1, count(answers, "HTTP/1.1 "), answers);
        assertEquals(ANSWERS, count(answers, "data: \\[DONE]\n"), answers);
        assertTrue(answers.endsWith("}"), answers);
    }

    /** Its turn goes on when its reader waits, who then reads no more before he has sent everything. */
    @Test
    void a_stream_that_is_the_last_answer_comes_whole() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        door.answer("x".repeat(LARGE), go, "y".repeat(LARGE));
        String events = FrontDoor.get(Turn.submit(door).events().getPath());
        String last = events.strip() + "\r\nConnection: close\r\n\r\n";
        try (Socket client = connect(door)) {
            Thread sending = Thread.ofVirtual().start(() -> send(client, last + AHEAD));
            awaitEvent(client);
            go.countDown();
            sending.join();
            String rest = rest(client);
            assertTrue(rest.contains("y".repeat(LARGE)) && rest.endsWith("\r\n0\r\n\r\n"), rest);
        }
    }

    private static void awaitEvent(Socket client) throws IOException {
        StringBuilder come = new StringBuilder();
        while (come.indexOf("xx\"", Math.max(0, come.length() - 3)) < 0) {
            int next = client.getInputStream().read();
            assertTrue(next >= 0, "ended after " + come.length() + " bytes");
            come.append((char) next);
        }
    }

    /** Else the reset comes while he sends, and some clients never look for an answer then. */
    @Test
    void a_client_who_is_one_too_many_sends_all_that_he_has_and_reads_why() throws IOException {
        try (FrontDoor small = FrontDoor.open(data, Map.of("limits.connections", "1"));
                RawHttp _ = small.connect();
                Socket client = connect(small)) {
            client.getOutputStream().write(AHEAD.getBytes(StandardCharsets.US_ASCII));
            String answer = rest(client);
            assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.endsWith("}"), answer);
        }
    }

    @Test
    void a_client_who_never_ends_his_side_holds_the_connection_for_a_moment_only() throws Exception {
        String last = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (RawHttp http = door.send(last)) {
            assertTrue(new String(http.untilClosed(), StandardCharsets.UTF_8).endsWith("}"));
            Until.holds("the end of what is read of him", () -> isReset(http));
        }
    }

    private static boolean isReset(RawHttp http) throws IOException {
        try {
            http.send("x");
            return false;
        } catch (SocketException e) {
            return true;
        }
    }
}
