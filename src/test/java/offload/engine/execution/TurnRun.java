package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.files.SyncPolicy;
import offload.json.Json;
import offload.json.JsonMember;
import offload.turn.Access;
import offload.turn.TurnKind;
import offload.turn.TurnRequest;
import offload.turn.UpstreamKey;
import offload.upstream.CallBody;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ChatUpstream;
import offload.webhook.WebhookOutbox;

/** A whole turn, on the thread of the test: what an upstream says, and what the turn is then. */
final class TurnRun {
    /** The caller's. */
    static final String KEY = "sk-of-the-caller-0123456789";

    private TurnRun() {}

    /** What an upstream does, as a test tells it. */
    interface Script {
        ChatEnd run(ChatSink sink) throws IOException;
    }

    static void say(ChatSink sink, String chunk) throws IOException {
        byte[] bytes = chunk.getBytes(UTF_8);
        sink.event("message", bytes, 0, bytes.length);
        sink.flush();
    }

    /** The final status; whatever happened, nobody has the key and the request any more. */
    static JsonObject of(OpenTurn open, Script script, JsonMember... parameters) throws Exception {
        TurnRequest request = new TurnRequest(
                TurnKind.STREAM, Access.PUBLIC, 90_000, 5_000, null, null, null, "\"m\"", "[]", List.of(parameters));
        CountDownLatch bodyIsGone = new CountDownLatch(1);
        UpstreamKey key = new UpstreamKey(KEY);
        CallBody body = new CallBody(new byte[1], bodyIsGone::countDown);
        ChatCall call = new ChatCall(URI.create("http://u/"), key, Map.of(), body, true, Duration.ofSeconds(5));
        RunningTurns turns = open.turns();
        LogAppender log =
                new LogAppender(open.node(), SyncPolicy.NEVER, turns.space(), turns.numbers(), turns.answers());
        WebhookOutbox webhooks = new WebhookOutbox(open.node().webhooks(), InstantSource.system());
        LastWrites last = new LastWrites(open.node(), turns, webhooks, false);
        new TurnRunner(open.turn(), request, new Scripted(script), call, log, last).run();
        assertEquals(0, bodyIsGone.getCount());
        assertEquals(0, key.take().length);
        return Json.object(Files.readAllBytes(open.files().status()));
    }

    private record Scripted(Script script) implements ChatUpstream {
        @Override
        public ChatEnd run(ChatCall call, ChatSink sink) throws IOException {
            return script.run(sink);
        }

        @Override
        public void close() {}
    }
}
