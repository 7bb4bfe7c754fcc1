package offload.webhook.call;

import io.helidon.common.LazyValue;
import io.helidon.common.tls.Tls;
import io.helidon.common.uri.UriInfo;
import io.helidon.common.uri.UriPath;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.api.ClientUri;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import offload.address.WebhookUrl;
import org.jspecify.annotations.Nullable;

/**
 * One POST to one address that was chosen and checked before. The client is told the address, so that it resolves
 * nothing; Host, SNI and the certificate check keep to the URL's name. No redirect is followed, no connection kept, no
 * proxy used, and of the answer, which is the final one, no more than {@value #MOST_ANSWER} bytes are read.
 *
 * <p>Blocks the calling virtual thread; an interrupt closes the connection at once.
 */
final class WebhookCall {
    static final int MOST_ANSWER = 64 * 1024;
    private static final int CUT = 256;
    private static final String HTTP_1_1 = "http/1.1";
    private static final Tls NO_TLS = Tls.builder().enabled(false).build();
    private static final Logger LOG = System.getLogger(WebhookCall.class.getName());

    /** What is sent. */
    interface Body {
        /** How many bytes it has. */
        long length();

        /** Writes all of it, in pieces. */
        void writeTo(OutputStream out) throws IOException;
    }

    private final Duration total;
    private final Supplier<Tls> trust;
    /** One for all calls, each of which has a connection of its own: to make one, it looks through all jars five times. */
    private final LazyValue<WebClient> client;

    /**
     * Makes nothing yet.
     *
     * @param connect the limit for the TCP connection
     * @param total the limit for everything, which the caller keeps by an interrupt
     * @param trust whom to trust, asked for at an https URL: reading the JDK's authorities takes a while
     */
    WebhookCall(Duration connect, Duration total, Supplier<Tls> trust) {
        this.total = total;
        this.trust = trust;
        client = LazyValue.create(() -> WebClient.builder()
                .dnsResolver((host, lookup) -> {
                    throw new IllegalStateException("a call without a connection of its own");
                })
                .connectTimeout(connect)
                .readTimeout(total)
                .followRedirects(false)
                .keepAlive(false)
                .sendExpectContinue(false)
                .shareConnectionCache(false)
                .servicesDiscoverServices(false)
                .tls(NO_TLS)
                .build());
    }

    /** The limit for everything. */
    Duration total() {
        return total;
    }

    /** The limits of the product, and the platform's own trust. */
    static WebhookCall standard() {
        return new WebhookCall(
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                LazyValue.create(() -> Tls.builder().build()));
    }

    /** Sends {@code body} and waits for the answer; throws only if there was none. */
    WebhookAnswer post(WebhookUrl url, InetAddress address, Map<String, String> headers, Body body) throws CallFailed {
        InetAddress pinned = named(url.endpoint().host(), address);
        ClientConnection connection = null;
        try {
            WebClient made = client.get();
            connection = new FinalAnswerConnection(connected(made, url.endpoint(), pinned));
            HttpClientRequest request = request(made, url, headers).connection(connection);
            request.header(HeaderNames.CONTENT_LENGTH, Long.toString(body.length()));
            return answer(request.outputStream(out -> {
                try (out) {
                    body.writeTo(out);
                }
            }));
        } catch (RuntimeException e) {
            throw new CallFailed(CallFault.describe(e));
        } finally {
            close(connection);
        }
    }

    /** The same address under the URL's name, so that nobody asks a resolver for it again. */
    private static InetAddress named(String host, InetAddress address) {
        try {
            return InetAddress.getByAddress(host, address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }

    private ClientConnection connected(WebClient made, WebhookUrl.Endpoint endpoint, InetAddress pinned) {
        ConnectionKey where = ConnectionKey.create(
                endpoint.scheme(),
                endpoint.host(),
                endpoint.port(),
                endpoint.scheme().equals("https") ? trust.get() : NO_TLS,
                (host, lookup) -> pinned,
                made.prototype().dnsAddressLookup(),
                Proxy.noProxy());
        return TcpClientConnection.create(made, where, List.of(HTTP_1_1), c -> false, c -> {})
                .connect();
    }

    /** What fails here is a connection that is broken already, and takes nothing back of the answer. */
    private static void close(@Nullable ClientConnection connection) {
        try {
            if (connection != null) {
                connection.closeResource();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "closing a webhook's connection: " + e);
        }
    }

    private static HttpClientRequest request(WebClient client, WebhookUrl url, Map<String, String> headers) {
        WebhookUrl.Endpoint endpoint = url.endpoint();
        // The raw path carries the query too: every other way into the client decodes and rebuilds both.
        UriInfo uri = UriInfo.builder()
                .scheme(endpoint.scheme())
                .host(endpoint.host())
                .port(endpoint.port())
                .path(UriPath.create(url.target()))
                .build();
        // Without the protocol's name the client makes a connection of its own to negotiate it.
        HttpClientRequest request = client.post().protocolId(HTTP_1_1).uri(ClientUri.create(uri));
        // Else it says Proxy-Connection to a receiver that is no proxy.
        request.proxy(Proxy.noProxy());
        request.header(HeaderNames.USER_AGENT, "Offload").header(HeaderValues.CONNECTION_CLOSE);
        headers.forEach((name, value) -> request.header(HeaderNames.create(name), value));
        String userInfo = url.userInfo();
        if (userInfo != null) {
            String basic = Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
            request.header(HeaderNames.AUTHORIZATION, "Basic " + basic);
        }
        return request;
    }

    private static WebhookAnswer answer(HttpClientResponse response) {
        int status = response.status().code();
        String retryAfter = response.headers().first(HeaderNames.RETRY_AFTER).orElse(null);
        String error = status >= 300 && status < 400 ? "redirects are not followed" : null;
        return new WebhookAnswer(status, error, retryAfter, cut(response));
    }

    /** Reads what a receiver with manners sends, so that it sees a clean end; the status counts even if this fails. */
    private static @Nullable String cut(HttpClientResponse response) {
        try {
            // Not closed, which would read on: the connection is.
            byte[] bytes = response.inputStream().readNBytes(MOST_ANSWER);
            String text = new String(bytes, 0, Math.min(bytes.length, CUT), StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cc}+", " ")
                    .strip();
            return text.isEmpty() ? null : text;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
