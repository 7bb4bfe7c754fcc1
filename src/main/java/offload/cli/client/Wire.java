package offload.cli.client;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import offload.cli.terminal.CommandFault;
import offload.json.Json;
import offload.json.JsonFault;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP with an Offload server, and gives up where nothing comes any more. One thread at a time. */
final class Wire {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final Duration patience;

    Wire() {
        this(ANSWER);
    }

    Wire(Duration patience) {
        this.patience = patience;
    }

    /** A request of {@code uri} with the bearer token, if there is one. */
    static HttpRequest.Builder request(URI uri, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
        return token == null ? request : with(request, "Authorization", "Bearer " + token, "the token");
    }

    /** The request with one more header field; a {@link CommandFault} that names {@code what} it holds, but not the value. */
    static HttpRequest.Builder with(HttpRequest.Builder request, String name, String value, String what) {
        try {
            return request.header(name, value);
        } catch (IllegalArgumentException e) {
            // Its message has the value in it, which is a key, as often as not.
            throw new CommandFault(
                    what
                            + " holds a character that cannot be sent, such as a line break or a curly quote: copy it again",
                    CommandFault.UNUSABLE);
        }
    }

    /** The answer's JSON; a {@link CommandFault} with the server's own sentence where it refuses. */
    JsonObject json(HttpRequest request) throws IOException {
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        JsonObject answer = parse(whole(response.body()));
        if (response.statusCode() != 200) {
            throw refusal(response.statusCode(), answer);
        }
        if (answer == null || !(answer.get("status") instanceof JsonString)) {
            throw foreign(request.uri(), answer == null ? "the answer is no JSON" : "the answer has no status");
        }
        return answer;
    }

    /** The client's own time limit ends with the head of an answer. */
    private byte[] whole(InputStream body) throws IOException {
        try (body;
                SilenceWatch watch = new SilenceWatch(patience, body)) {
            try {
                return watch.over(body).readAllBytes();
            } catch (IOException e) {
                throw watch.reason(e);
            }
        }
    }

    /** What a refusal says. */
    static CommandFault refusal(int status, @Nullable JsonObject answer) {
        String said = switch (answer == null ? null : answer.get("error")) {
            case JsonObject error -> ": " + error.getString("message", "");
            // Others than Offload, such as who listens at a mistaken port.
            case JsonString error -> ": " + error.getString();
            case null, default -> "";
        };
        return new CommandFault("the server answered " + status + said);
    }

    /** Somebody answered who does not speak as Offload does. */
    static CommandFault foreign(URI uri, String said) {
        return new CommandFault(said + ": is " + uri.getAuthority() + " an Offload server?");
    }

    static @Nullable JsonObject parse(byte[] body) {
        try {
            return Json.ownObject(body);
        } catch (JsonFault e) {
            return null;
        }
    }

    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (ConnectException e) {
            throw new ConnectException(noConnection(request.uri(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFault("interrupted");
        }
    }

    private static String noConnection(URI uri, ConnectException e) {
        boolean unknown = e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException
                || e.getCause() instanceof UnresolvedAddressException;
        return unknown
                ? "there is no machine called " + uri.getHost()
                : "nobody listens at " + uri.getScheme() + "://" + uri.getRawAuthority()
                        + ": start `offload serve`, or name another server";
    }
}
