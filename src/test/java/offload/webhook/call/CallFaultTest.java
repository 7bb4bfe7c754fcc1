package offload.webhook.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The words that stand in the record of a try, where callers and operators read them. */
class CallFaultTest {

    static Stream<List<Object>> faults() {
        return Stream.of(
                List.of(new SocketTimeoutException("hid"), "no connection or no answer in time"),
                List.of(new ConnectException("refused"), "no connection: refused"),
                List.of(new NoRouteToHostException("no route"), "no connection: no route"),
                List.of(new SSLHandshakeException("no name\r\n\u009bmatches"), "no TLS connection: no name matches"),
                List.of(new IOException("reset", new IOException("deeper")), "the connection was lost: deeper"),
                List.of(new IOException("x".repeat(300)), "the connection was lost: " + "x".repeat(200)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void what_the_network_says_is_told_in_one_short_line(List<Object> fault) {
        UncheckedIOException thrown = new UncheckedIOException("http://bob:hid@a", (IOException) fault.getFirst());
        assertEquals(fault.getLast(), CallFault.describe(thrown));
        assertEquals(
                "the answer is no HTTP response, or the connection was closed before one",
                CallFault.describe(new IllegalStateException("http://bob:hid@a")));
    }
}
