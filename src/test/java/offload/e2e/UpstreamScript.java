package offload.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import offload.testing.Script;
import offload.testing.ScriptedConnection;
import offload.testing.Until;
import org.jspecify.annotations.Nullable;

/** Plays what a case's {@code upstream} says on each connection. Many connections may play it at once. */
final class UpstreamScript implements Script {
    private static final List<?> SHORT_ANSWER = List.of(
            Map.of("delta", Map.of("role", "assistant", "content", "")),
            Map.of("delta", Map.of("content", "Hello")),
            Map.of("delta", Map.of("content", " there")),
            Map.of("finish", "stop"));
    private static final Map<String, Integer> USAGE =
            Map.of("prompt_tokens", 5, "completion_tokens", 2, "total_tokens", 7);

    private final List<?> orders;
    private final Semaphore gate;

    /** {@code orders} as in the case; each {@code hold} takes one permit of {@code gate}, or ends when the client leaves. */
    UpstreamScript(List<?> orders, Semaphore gate) {
        this.orders =
                orders.isEmpty() ? withEnd(SHORT_ANSWER) : orders.getLast().equals("hold") ? held(orders) : orders;
        this.gate = gate;
    }

    private static List<?> held(List<?> orders) {
        List<Object> all = new ArrayList<>(orders);
        all.addAll(withEnd(orders.size() > 1 ? List.of(Map.of("finish", "stop")) : SHORT_ANSWER));
        return all;
    }

    private static List<?> withEnd(List<?> orders) {
        List<Object> all = new ArrayList<>(orders);
        all.add(Map.of("usage", USAGE));
        all.add("done");
        return all;
    }

    @Override
    public void play(ScriptedConnection connection) throws Exception {
        connection.request();
        Playing playing = new Playing(connection);
        for (Object order : orders) {
            if (order instanceof Map<?, ?> one) {
                for (Map.Entry<?, ?> entry : one.entrySet()) {
                    playing.obey(String.valueOf(entry.getKey()), entry.getValue());
                }
            } else if (!playing.obey(String.valueOf(order), null)) {
                return;
            }
        }
        playing.end();
    }

    /** One connection's progress. */
    private final class Playing {
        private final ScriptedConnection connection;
        private boolean headSent;

        Playing(ScriptedConnection connection) {
            this.connection = connection;
        }

        /** Returns false where this was the end. */
        boolean obey(String order, @Nullable Object with) throws IOException {
            switch (order) {
                case "head" -> head(CaseFile.map(with));
                case "hold" -> Until.holds("release", () -> gate.tryAcquire() || connection.clientClosed());
                case "gzip" -> gzip(CaseFile.list(with));
                case "times" -> times(CaseFile.map(with));
                case "end" -> end();
                case "cut" -> cut();
                case "reset" -> reset();
                default -> send(text(order, with));
            }
            return !order.equals("end") && !order.equals("cut") && !order.equals("reset");
        }

        private void head(Map<String, Object> with) throws IOException {
            Map<String, Object> headers = new LinkedHashMap<>(Map.of("content-type", "text/event-stream"));
            headers.putAll(CaseFile.map(with.get("headers")));
            headers.put("transfer-encoding", "chunked");
            String[] lines = headers.entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue())
                    .toArray(String[]::new);
            connection.head(with.getOrDefault("status", 200) + " Scripted", lines);
            headSent = true;
        }

        private void send(String text) throws IOException {
            if (!headSent) {
                head(Map.of());
            }
            if (!text.isEmpty()) {
                connection.chunk(text);
            }
        }

        private void gzip(List<?> orders) throws IOException {
            StringBuilder plain = new StringBuilder();
            for (Object order : orders) {
                Map<String, Object> one = order instanceof Map<?, ?> ? CaseFile.map(order) : Map.of();
                plain.append(one.isEmpty() ? text(order.toString(), null) : "");
                one.forEach((name, with) -> plain.append(text(name, with)));
            }
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(plain.toString().getBytes(StandardCharsets.UTF_8));
            }
            head(Map.of("headers", Map.of("content-encoding", "gzip")));
            connection
                    .send(Integer.toHexString(packed.size()) + "\r\n")
                    .send(packed.toByteArray())
                    .send("\r\n");
        }

        private void times(Map<String, Object> with) throws IOException {
            for (int i = 0; i < Integer.parseInt(with.get("count").toString()); i++) {
                send(text("delta", with.get("delta")));
            }
        }

        private void end() throws IOException {
            send("");
            connection.lastChunk();
        }

        private void cut() throws IOException {
            send("");
            connection.close();
        }

        private void reset() throws IOException {
            send("");
            connection.reset();
        }
    }

    private static String text(String order, @Nullable Object with) {
        return switch (order) {
            case "delta" -> event(chunk(CaseFile.map(with)));
            case "finish" -> event(finish(with));
            case "usage" -> event("{\"id\":\"c\",\"choices\":[],\"usage\":" + JsonShape.json(with) + "}");
            case "event" -> event(String.valueOf(with));
            case "done" -> event("[DONE]");
            case "bytes", "body" -> String.valueOf(with);
            default -> throw new AssertionError("the upstream does not know: " + order);
        };
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    private static String chunk(Map<String, Object> with) {
        Map<String, Object> delta = new LinkedHashMap<>(with);
        Object index = delta.remove("index");
        return choice(index == null ? 0 : index, JsonShape.json(delta).toString(), "null");
    }

    private static String finish(@Nullable Object with) {
        Map<String, Object> one =
                with instanceof Map<?, ?> ? CaseFile.map(with) : Map.of("reason", String.valueOf(with));
        return choice(one.getOrDefault("index", 0), "{}", "\"" + one.get("reason") + "\"");
    }

    private static String choice(Object index, String delta, String finishReason) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-scripted\","
                + "\"choices\":[{\"index\":" + index + ",\"delta\":" + delta + ",\"finish_reason\":" + finishReason
                + "}]}";
    }
}
