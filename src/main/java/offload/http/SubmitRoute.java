package offload.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import offload.engine.Caller;
import offload.engine.DocumentMemory;
import offload.engine.Engine;
import offload.engine.Submission;
import offload.http.message.Answers;
import offload.http.message.RequestField;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.SubmissionBody;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import offload.turn.TurnRequest;
import offload.turn.UpstreamKey;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/stream-chatgpt} and {@code POST /v1/async-chatgpt}. */
final class SubmitRoute {
    private static final HeaderName KEY = HeaderNames.create("X-OpenAI-API-Key");
    private static final HeaderName ORGANIZATION = HeaderNames.create("X-OpenAI-Organization");
    private static final HeaderName PROJECT = HeaderNames.create("X-OpenAI-Project");
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final int LONGEST_IDEMPOTENCY_KEY = 255;

    private final Engine engine;
    private final ServiceGate gate;
    private final Links links;
    private final AcceptedAnswer answers;
    private final CurrentSettings current;
    private final RequestBody bodies;

    SubmitRoute(
            Engine engine,
            ServiceGate gate,
            Links links,
            AcceptedAnswer answers,
            CurrentSettings current,
            RequestBody bodies) {
        this.engine = engine;
        this.gate = gate;
        this.links = links;
        this.answers = answers;
        this.current = current;
        this.bodies = bodies;
    }

    void handle(TurnKind kind, ServerRequest request, ServerResponse response) throws IOException {
        ServiceGate.Pass pass = gate.admit(request);
        JsonObject turn;
        try {
            turn = submit(kind, request, pass);
        } catch (IOException | RuntimeException | Error e) {
            pass.undo();
            throw e;
        }
        pass.settle().forEach(response::header);
        byte[] answer = answers.render(turn);
        response.header(HeaderNames.LOCATION, turn.getString(AcceptedAnswer.STATUS_URL));
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(request, response, 200, answer);
    }

    private JsonObject submit(TurnKind kind, ServerRequest request, ServiceGate.Pass pass) throws IOException {
        String key = ascii(request, IDEMPOTENCY_KEY);
        if (key == null) {
            pass.use();
        }
        try (RequestBody.Whole body = bodies.json(request)) {
            TurnRequest asked = SubmissionBody.parse(kind, body.bytes(), current.requests());
            if (key != null) {
                return startOnce(asked, key, body, request, pass);
            }
            AtomicReference<JsonObject> turn = new AtomicReference<>();
            start(asked, request, body.hold(), started -> turn.set(AcceptedAnswer.facts(started)));
            return turn.get();
        }
    }

    private JsonObject startOnce(
            TurnRequest asked, String key, RequestBody.Whole body, ServerRequest request, ServiceGate.Pass pass)
            throws IOException {
        if (key.length() > LONGEST_IDEMPOTENCY_KEY) {
            throw new ApiException(
                    ApiError.INVALID_PARAMETER,
                    "`Idempotency-Key` may have at most " + LONGEST_IDEMPOTENCY_KEY + " characters.",
                    "Idempotency-Key");
        }
        String same = asked.kind().endpoint() + '\n' + new String(body.bytes(), StandardCharsets.ISO_8859_1);
        return engine.idempotency().once(owner(pass, request), key, same, keep -> {
            pass.use();
            start(asked, request, body.hold(), started -> keep.answer(AcceptedAnswer.facts(started)));
        });
    }

    /** Without service keys whoever has the same upstream key: a private answer has its tokens in it. */
    private static String owner(ServiceGate.Pass pass, ServerRequest request) {
        String upstreamKey = RequestField.first(request, KEY);
        return pass.owner().isEmpty() && upstreamKey != null ? "upstream key " + upstreamKey : pass.owner();
    }

    private void start(TurnRequest asked, ServerRequest request, DocumentMemory.Hold hold, Submission.Stored stored)
            throws IOException {
        TurnPath earlier = asked.chain() == null ? null : earlier(asked.chain().statusUrl(), request);
        Caller caller = new Caller(upstreamKey(request), ascii(request, ORGANIZATION), ascii(request, PROJECT));
        engine.submission().accept(asked, caller, links.turns(request), earlier, hold, stored);
    }

    private TurnPath earlier(String url, ServerRequest request) {
        return links.turnOfStatusUrl(url, request)
                .orElseThrow(() -> new ApiException(
                        ApiError.INVALID_PARAMETER,
                        "`from_status_url` must be an earlier `status_url` of this service, absolute or path only.",
                        "from_status_url"));
    }

    private static @Nullable UpstreamKey upstreamKey(ServerRequest request) {
        String key = RequestField.first(request, KEY);
        if (key != null && !UpstreamKey.canBe(key)) {
            throw new ApiException(
                    ApiError.INVALID_PARAMETER,
                    "`X-OpenAI-API-Key` holds a character that no key has: send it as it was given to you.",
                    "X-OpenAI-API-Key");
        }
        return key == null ? null : new UpstreamKey(key);
    }

    /** What is beyond ASCII is read as one and the same sign, whatever it was: values that differ there would be equal. */
    private static @Nullable String ascii(ServerRequest request, HeaderName name) {
        String value = RequestField.first(request, name);
        if (value != null && !value.chars().allMatch(c -> c < 127)) {
            throw new ApiException(
                    ApiError.INVALID_PARAMETER,
                    "`" + name.defaultCase() + "` must be in ASCII: letters of other scripts cannot be in it.",
                    name.defaultCase());
        }
        return value;
    }
}
