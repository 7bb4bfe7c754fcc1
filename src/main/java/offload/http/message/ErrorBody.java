package offload.http.message;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import offload.json.JsonWriter;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.jspecify.annotations.Nullable;

/** The one shape of every error answer. Stateless. */
public final class ErrorBody {
    /** The media type of JSON. */
    public static final String JSON = "application/json";

    /** Keeps browsers from guessing another type. */
    public static final HeaderName NO_SNIFFING = HeaderNames.create("X-Content-Type-Options");

    private ErrorBody() {}

    /** What {@code e} says, as JSON in UTF-8. */
    public static byte[] of(ApiException e) {
        return of(e.error(), e.sentence(), e.param());
    }

    /** The same of a {@code message} for the client; {@code param} is what in the request it is about, null for all of it. */
    public static byte[] of(ApiError error, String message, @Nullable String param) {
        JsonWriter out =
                new JsonWriter().beginObject().name("status").value("error").name("error");
        out.beginObject().name("message").value(message).name("type").value(error.type());
        out.name("param").value(param).name("code").value(error.code());
        return out.endObject().endObject().toBytes();
    }

    /** A whole answer for where there is no request to be answered. {@code fields} are further ones, each with its line end. */
    public static byte[] response(String status, ApiError error, String message, String fields) {
        byte[] body = of(error, message, null);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + JSON + "\r\nCache-Control: no-store\r\n"
                + fields + NO_SNIFFING.defaultCase() + ": nosniff\r\nConnection: close\r\nContent-Length: "
                + body.length
                + "\r\n\r\n";
        return (head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
}
