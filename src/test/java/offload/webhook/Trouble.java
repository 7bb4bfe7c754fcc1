package offload.webhook;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import offload.testing.ScriptedConnection;

/** What a receiver may do in place of a 2xx. */
enum Trouble {
    MOVED,
    REDIRECTED,
    BAD_REQUEST,
    NOT_FOUND,
    TOO_MANY,
    FAILED,
    UNAVAILABLE,
    SILENT,
    DRIPPING_HEAD,
    RESET,
    CLOSED,
    UNREAD,
    NO_HTTP,
    GIGABYTE_OF_HEADERS,
    GIGABYTE;

    void play(ScriptedConnection c) throws Exception {
        if (this == UNREAD) {
            return;
        }
        c.request();
        switch (this) {
            case MOVED -> c.head("301 Moved", "Location: http://127.0.0.1:1/", "Content-Length: 0");
            case REDIRECTED -> c.head("307 There", "Location: /again", "Content-Length: 0");
            case BAD_REQUEST -> c.answer("400 Bad", "text/plain", "no");
            case NOT_FOUND -> c.answer("404 None", "text/plain", "no");
            case TOO_MANY -> c.answer("429 Slow Down", "text/plain", "no");
            case FAILED -> c.answer("500 Oops", "text/plain", "no");
            case UNAVAILABLE -> c.answer("503 Later", "text/plain", "no");
            case SILENT -> c.awaitClientClose();
            case DRIPPING_HEAD -> drip(c, "HTTP/1.1 200 OK\r\nX-Slow: " + "x".repeat(1000));
            case RESET -> c.reset();
            case NO_HTTP -> c.send("220 mail.example ESMTP\r\n");
            case GIGABYTE_OF_HEADERS -> headers(c);
            case GIGABYTE -> body(c);
            case CLOSED, UNREAD -> c.close();
        }
    }

    /** Sends a byte every 20 ms. */
    static void drip(ScriptedConnection connection, String text) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            connection.send(new byte[] {b});
            if (never.await(20, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private static void headers(ScriptedConnection connection) throws Exception {
        connection.send("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 1 << 20; i++) {
            connection.send("X-" + i + ": " + "x".repeat(1000) + "\r\n");
        }
    }

    private static void body(ScriptedConnection connection) throws Exception {
        connection.head("500 Much", "Content-Length: 1073741824");
        byte[] block = new byte[1 << 16];
        for (int i = 0; i < 1 << 14; i++) {
            connection.send(block);
        }
    }
}
