package offload.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import offload.json.JsonSource;
import offload.json.JsonWriter;
import offload.turn.TurnError;
import offload.turn.TurnKind;
import offload.turn.TurnState;

/** Renders statuses: the unchanging part and the progress, in the order of keys that clients know. Stateless. */
public final class StatusText {
    private static final byte[] DONE = "{\"status\":\"done\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STOPPED =
            "{\"status\":\"done\",\"state\":\"cancelled\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "{\"status\":\"error\"".getBytes(StandardCharsets.US_ASCII);

    /** How many bytes follow the parameters in a status of which there is no more than the first one has. */
    public static final int AFTER_PARAMETERS =
            (",\"response\":{\"status_code\":null,\"protocol\":null,\"headers\":{},\"body\":null},"
                            + "\"events\":{\"offset\":0}}\n")
                    .length();

    /** About what there is in it beside the call's parameters and the answer, in bytes. */
    private static final int USUAL = 1536;

    private StatusText() {}

    /** The status, with a line feed at its end: nothing long is copied. Fails where something short cannot be read. */
    public static JsonSource render(StatusDocument document, TurnProgress progress) throws IOException {
        JsonWriter out = new JsonWriter(USUAL).beginObject();
        TurnState state = progress.state();
        out.name("status").value(state.status()).name("state").value(state.state());
        out.name("created_at").value(document.createdAt());
        out.name("conversation_id").value(document.conversationId());
        out.name("README").value(readme(document, state));
        outcome(out, state);
        endpoints(out.name("endpoints"), document, state);
        request(out.name("request"), document, progress.times());
        out.name("options").raw(document.optionsJson());
        out.name("parameters").raw(document.parameters());
        response(out.name("response"), progress);
        out.name("events").beginObject().name("offset").value(progress.offset());
        if (progress.sha256() != null) {
            out.name("sha256").value(progress.sha256());
        }
        out.endObject().endObject();
        return out.toLine();
    }

    /** Whether {@code status}, which {@link #render} made, is a final one. */
    public static boolean isFinal(byte[] status) {
        return isDone(status) || startsWith(status, ERROR);
    }

    /** Whether {@code status}, which {@link #render} made, says {@code done}. */
    public static boolean isDone(byte[] status) {
        return startsWith(status, DONE);
    }

    /** Whether {@code status}, which {@link #render} made, is that of a turn that was stopped. */
    public static boolean isStopped(byte[] status) {
        return startsWith(status, STOPPED);
    }

    private static boolean startsWith(byte[] text, byte[] start) {
        return text.length > start.length && Arrays.equals(text, 0, start.length, start, 0, start.length);
    }

    private static String readme(StatusDocument document, TurnState state) {
        String next = document.kind() == TurnKind.STREAM
                ? "open `stream_events_url` to watch it, or ask for this URL again."
                : "ask for this URL again until `status` is `done` or `error`.";
        return switch (state) {
            case TurnState.Waiting w -> "The upstream has not answered yet: " + next;
            case TurnState.Streaming s -> "The answer is still growing in `response.body`: " + next;
            case TurnState.Completed c -> "The answer is complete: it is in `response.body`.";
            case TurnState.Incomplete i -> "The upstream cut the answer short: what came is in `response.body`.";
            case TurnState.Cancelled c -> "This was stopped: what had come by then is in `response.body`.";
            case TurnState.Failed f -> "This failed: `error` says why, and `response.body` keeps what had come.";
        };
    }

    private static void outcome(JsonWriter out, TurnState state) {
        switch (state) {
            case TurnState.Cancelled cancelled -> out.name("stopped").value(true);
            case TurnState.Incomplete incomplete -> {
                out.name("incomplete_details").beginObject();
                out.name("reason").value(incomplete.reason()).endObject();
            }
            case TurnState.Failed failed -> error(out.name("error"), failed.error());
            default -> {}
        }
    }

    private static void error(JsonWriter out, TurnError error) {
        out.beginObject().name("message").value(error.message()).name("type").value(error.type());
        out.name("code").value(error.code()).name("retryable").value(error.retryable());
        if (error.upstreamStatus() != null) {
            out.name("upstream_status").value(error.upstreamStatus());
        }
        out.endObject();
    }

    private static void endpoints(JsonWriter out, StatusDocument document, TurnState state) {
        out.beginObject().name("status_url").value(document.statusUrl());
        if (document.kind() == TurnKind.STREAM) {
            out.name("stream_events_url").value(document.sibling(".txt"));
        }
        if (!state.isFinal()) {
            out.name("stop_url").value(document.sibling("/stop"));
        } else if (document.kind() == TurnKind.ASYNC && state.status().equals("done")) {
            out.name("response_raw_url").value(document.sibling(".raw"));
        }
        if (document.fromStatusUrl() != null) {
            out.name("from_status_url").value(document.fromStatusUrl());
        }
        out.endObject();
    }

    private static void request(JsonWriter out, StatusDocument document, TurnTimes times) {
        out.beginObject().name("endpoint").value("/v1/" + document.kind().endpoint());
        out.name("request_at").value(times.requestAt() / 1000);
        if (times.firstByteAt() != null) {
            out.name("first_byte_at").value(times.firstByteAt() / 1000);
            out.name("first_byte_time").raw(StatusDocument.seconds(times.firstByteAt() - times.requestAt()));
        }
        if (times.finishedAt() != null) {
            out.name("finished_at").value(times.finishedAt() / 1000);
        }
        if (times.processedAt() != null) {
            out.name("processed_at").value(times.processedAt() / 1000);
        }
        if (times.finishedAt() != null) {
            out.name("request_time").raw(StatusDocument.seconds(times.finishedAt() - times.requestAt()));
        }
        if (times.processedAt() != null) {
            out.name("total_time").raw(StatusDocument.seconds(times.processedAt() - times.requestAt()));
        }
        out.endObject();
    }

    private static void response(JsonWriter out, TurnProgress progress) throws IOException {
        ResponseFacts facts = progress.response();
        out.beginObject().name("status_code");
        if (facts.statusCode() == null) {
            out.value((String) null);
        } else {
            out.value(facts.statusCode());
        }
        out.name("protocol").value(facts.protocol()).name("headers").raw(facts.headersJson());
        out.name("body");
        if (progress.body() == null) {
            out.raw("null");
        } else {
            out.raw(progress.body());
        }
        out.endObject();
    }
}
