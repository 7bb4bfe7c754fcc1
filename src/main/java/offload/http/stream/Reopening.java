package offload.http.stream;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;

/**
 * What a stream begins with. A browser of WebKit, as Safari and all of iOS, keeps what it had of an event when its connection broke,
 * and takes it for the beginning of what comes next, which is lost or no JSON then. So where its {@code EventSource} comes back, that
 * half is ended first: as an event with a name of its own, which no {@code onmessage} gets, and with the cursor where it was. To
 * who has no half it is no event, as it has no data (HTML, section 9.2.6). Others do not get it: some take each blank line
 * for an event (src/docs/decisions/0015-half-an-event-in-safari.md). Stateless.
 */
final class Reopening {
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

    private Reopening() {}

    /** The comment that all begin with, which also ends a line that was cut; and the end of half an event, where there may be one. */
    static byte[] first(ServerRequest request, long from) {
        String cut = mayHaveHalf(request) ? "id: " + from + "\nevent: cut\n\n" : "";
        return (Heartbeats.COMMENT + cut).getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether it is the {@code EventSource} of such a browser, come back by itself: what a page reads by fetch has no {@code Cache-Control}. */
    static boolean mayHaveHalf(ServerRequest request) {
        String agent = field(request, HeaderNames.USER_AGENT);
        // Chromium says that it is WebKit, which it was.
        return !field(request, LAST_EVENT_ID).isBlank()
                && agent.contains("AppleWebKit/")
                && !agent.contains("Chrome/")
                && field(request, HeaderNames.ACCEPT).contains("text/event-stream")
                && field(request, HeaderNames.CACHE_CONTROL).contains("no-cache");
    }

    private static String field(ServerRequest request, HeaderName name) {
        return request.headers().first(name).orElse("");
    }
}
