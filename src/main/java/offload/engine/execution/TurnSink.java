package offload.engine.execution;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import offload.answer.AnswerAssembler;
import offload.answer.KeyEchoes;
import offload.answer.NamedEvent;
import offload.answer.UpstreamErrors;
import offload.eventlog.RecordBatch;
import offload.json.Json;
import offload.json.JsonFault;
import offload.status.ResponseFacts;
import offload.turn.TurnState;
import offload.turn.UpstreamKey;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;

/** The path of a token: what the upstream sends is checked, framed, appended and shown, in this order. One per turn. */
final class TurnSink implements ChatSink {
    private static final Set<String> COOKIES = Set.of("set-cookie", "set-cookie2", "cookie");
    private static final byte[] NO_WORDS = {};
    /** So many bytes of what is no event are looked at for words. */
    private static final int MOST_SHOWN = 1024;

    private final RunningTurn turn;
    private final LogAppender log;
    private final UpstreamKey key;
    private final RecordBatch batch = new RecordBatch();
    private final boolean usageWanted;
    private boolean appended;

    TurnSink(RunningTurn turn, LogAppender log, UpstreamKey key, boolean usageWanted) {
        this.turn = turn;
        this.log = log;
        this.key = key;
        this.usageWanted = usageWanted;
        batch.begin(turn.log().position());
    }

    @Override
    public void head(ResponseHead head) {
        Map<String, String> shown = new LinkedHashMap<>(head.headers());
        shown.keySet().removeAll(COOKIES);
        shown.values().removeIf(said -> KeyEchoes.areIn(said, key));
        turn.responded(ResponseFacts.of(head.status(), head.protocol(), shown));
    }

    @Override
    public void event(String type, byte[] buffer, int offset, int length) throws IOException {
        boolean isError = type.equals("error");
        if (!type.equals("message") && !isError && !NamedEvent.isOfAnswer(buffer, offset, length)) {
            return;
        }
        AnswerAssembler.Kind kind;
        try {
            // An event named error is no part of the answer, whatever it holds: words of any kind, and often the key.
            kind = isError ? AnswerAssembler.Kind.ERROR : add(buffer, offset, length);
        } catch (JsonFault e) {
            int shown = Math.min(length, MOST_SHOWN);
            byte[] said = KeyEchoes.hiddenInBroken(Arrays.copyOfRange(buffer, offset, offset + shown), key);
            throw invalid("The upstream sent an event that is no JSON object: " + e.getMessage() + ".", said);
        }
        if (kind == AnswerAssembler.Kind.ERROR) {
            flush();
            throw new ErrorEvent(Arrays.copyOfRange(buffer, offset, offset + length));
        }
        if (kind == AnswerAssembler.Kind.TOO_MANY_PARTS) {
            throw invalid(
                    "The upstream's answer is too large: it has more choices, tool calls and members than any answer.",
                    NO_WORDS);
        }
    }

    /** To the answer and to the batch at once: who asks for the answer is told where in the log it ends. */
    private AnswerAssembler.Kind add(byte[] buffer, int offset, int length) throws IOException, JsonFault {
        synchronized (turn.answer()) {
            AnswerAssembler.Kind kind = turn.answer().add(buffer, offset, length);
            boolean isShown = kind == AnswerAssembler.Kind.CHOICES
                    || kind == AnswerAssembler.Kind.NO_CHOICES && usageWanted && hasUsage(buffer, offset, length);
            if (isShown) {
                batch.add(buffer, offset, length);
                turn.answerReaches(batch.end());
            }
            return kind;
        }
    }

    private EndOfTurn invalid(String message, byte[] said) throws IOException {
        flush();
        return new EndOfTurn(new TurnState.Failed(UpstreamErrors.invalid(message, said)));
    }

    private static boolean hasUsage(byte[] buffer, int offset, int length) throws IOException {
        try {
            return Json.value(buffer, offset, length) instanceof JsonObject chunk
                    && chunk.get("usage") instanceof JsonObject;
        } catch (JsonFault e) {
            throw new IOException(e);
        }
    }

    @Override
    public void append() throws IOException {
        if (!batch.isEmpty() && !appended) {
            log.append(turn, batch);
            appended = true;
        }
    }

    @Override
    public void publish() throws IOException {
        if (appended) {
            log.publish(turn, batch);
            turn.streaming();
            appended = false;
            batch.begin(turn.log().position());
        }
    }
}
