package offload.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import offload.sweep.Sweeper;
import offload.turn.UpstreamKey;
import offload.upstream.CallBody;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import org.jspecify.annotations.Nullable;

/** Makes calls through a client of its own, each on a virtual thread as the engine does. */
final class Caller implements AutoCloseable {
    private final Sweeper sweeper = new Sweeper();
    private final OpenAiUpstream client;

    Caller() {
        this((Path) null);
    }

    Caller(@Nullable Path extraCa) {
        this(new OpenAiSettings(extraCa, 0));
    }

    Caller(OpenAiSettings settings) {
        client = new OpenAiUpstream(settings, sweeper);
    }

    /** Over the test's own client. */
    Caller(OpenAiUpstream client) {
        this.client = client;
    }

    /** A call that runs: its thread, to be interrupted, what it has given, and its end to come. */
    record Running(Thread thread, RecordingSink sink, CompletableFuture<ChatEnd> end) {
        ChatEnd await() throws Exception {
            return end.get(20, TimeUnit.SECONDS);
        }
    }

    static ChatCall call(URI base, boolean stream) {
        return call(base, stream, Duration.ofSeconds(10));
    }

    static ChatCall call(URI base, boolean stream, Duration connectTimeout) {
        byte[] body = "{\"messages\":[]}".getBytes(UTF_8);
        return new ChatCall(
                base, new UpstreamKey("sk-test"), new LinkedHashMap<>(), body(body), stream, connectTimeout);
    }

    static ChatCall call(URI base, Map<String, String> headers) {
        ChatCall plain = call(base, true);
        return new ChatCall(base, plain.key(), headers, plain.body(), true, plain.connectTimeout());
    }

    static ChatCall call(URI base, byte[] body) {
        return new ChatCall(base, new UpstreamKey("k"), Map.of(), body(body), true, Duration.ofSeconds(20));
    }

    static CallBody body(byte[] json) {
        return new CallBody(json, () -> {});
    }

    /** Asks for a stream and waits for the end of the call. */
    ChatEnd run(URI base, RecordingSink sink) throws Exception {
        return run(call(base, true), sink);
    }

    ChatEnd run(ChatCall call, ChatSink sink) throws Exception {
        CompletableFuture<ChatEnd> end = new CompletableFuture<>();
        Thread.startVirtualThread(() -> complete(end, call, sink));
        return end.get(30, TimeUnit.SECONDS);
    }

    Running start(ChatCall call) {
        RecordingSink sink = new RecordingSink();
        CompletableFuture<ChatEnd> end = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> complete(end, call, sink));
        return new Running(thread, sink, end);
    }

    private void complete(CompletableFuture<ChatEnd> end, ChatCall call, ChatSink sink) {
        try {
            ChatEnd answer = client.run(call, sink);
            if (answer instanceof ChatEnd.Aborted && Thread.currentThread().isInterrupted()) {
                throw new AssertionError("the interrupt flag is still set");
            }
            end.complete(answer);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        client.close();
        sweeper.close();
    }
}
