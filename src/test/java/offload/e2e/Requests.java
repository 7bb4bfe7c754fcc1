package offload.e2e;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import offload.testing.Until;
import org.jspecify.annotations.Nullable;

/** The steps of a case that ask the server something, and what later steps may use of the answers. */
final class Requests {
    private static final String MESSAGES = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final DateTimeFormatter PATH = DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/mm/ss");

    private final Variables variables;
    private final Expectation expectation;
    private final Map<String, @Nullable String> turns = new LinkedHashMap<>();
    private final Set<String> seconds = new HashSet<>();
    private @Nullable Answer last;

    Requests(Variables variables, Expectation expectation) {
        this.variables = variables;
        this.expectation = expectation;
    }

    /** Submits with the headers that every submission needs; a header given as null is left out. */
    void submit(int port, Map<String, Object> step) throws IOException {
        Map<String, @Nullable String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "application/json");
        headers.put("X-OpenAI-API-Key", "sk-test");
        String kind = String.valueOf(step.getOrDefault("to", "stream"));
        Answer answer = send(port, "POST", "/v1/" + kind + "-chatgpt", headers, submission(step), step);
        if (answer.head().status() == 200) {
            remember("", answer);
            if (step.get("as") != null) {
                remember(step.get("as") + ".", answer);
            }
        }
        expect(answer, step);
    }

    private byte[] submission(Map<String, Object> step) {
        if (step.get("submit-bytes") != null) {
            return HexFormat.of().parseHex(step.get("submit-bytes").toString());
        }
        if (step.containsKey("submit-text")) {
            return utf8(variables.fill(step.get("submit-text").toString()));
        }
        if (step.containsKey("submit-with")) {
            return utf8(variables.fill(MESSAGES + ',' + step.get("submit-with") + '}'));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        CaseFile.map(step.get("submit")).forEach((name, value) -> body.put(name, variables.fillAll(value)));
        String json = JsonShape.json(body).toString();
        return utf8(body.containsKey("messages") ? json : MESSAGES + (body.isEmpty() ? "" : ",") + json.substring(1));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void remember(String prefix, Answer answer) {
        JsonValue json = answer.json();
        String statusUrl = text(json, "endpoints.status_url");
        String path = URI.create(statusUrl).getRawPath();
        String turn = path.substring(0, path.length() - ".json".length());
        String bearer = text(json, "authorization.bearer_token");
        turns.put(path, bearer);
        seconds.add(text(json, "created_at"));
        keep(prefix + "answer", answer.text());
        keep(prefix + "status_url", statusUrl);
        keep(prefix + "status_path", path);
        keep(prefix + "stream_events_url", text(json, "endpoints.stream_events_url"));
        keep(prefix + "stop_url", text(json, "endpoints.stop_url"));
        keep(prefix + "bearer_token", bearer);
        String argument = text(json, "authorization.stream_url_arg");
        keep(prefix + "stream_token", argument == null ? null : argument.substring(argument.indexOf('=') + 1));
        keep(prefix + "conversation_id", text(json, "conversation_id"));
        keep(prefix + "created_at", text(json, "created_at"));
        keep(
                prefix + "created_path",
                Instant.ofEpochSecond(Long.parseLong(text(json, "created_at")))
                        .atOffset(ZoneOffset.UTC)
                        .format(PATH));
        keep(prefix + "turn", statusUrl.substring(0, statusUrl.length() - ".json".length()));
        keep(prefix + "turn_path", turn);
        keep(prefix + "file", turn.replaceFirst(".*?/r/", ""));
    }

    private void keep(String name, @Nullable String value) {
        if (value == null) {
            variables.remove(name);
        } else {
            variables.set(name, value);
        }
    }

    private static @Nullable String text(JsonValue json, String path) {
        JsonValue value = JsonShape.at(json, path);
        return value == null ? null : JsonShape.plain(value);
    }

    /** A request as it is written; {@code meanwhile} runs while its answer is waited for. */
    void request(int port, Map<String, Object> step, Runnable meanwhile) throws IOException {
        if (step.containsKey("until")) {
            repeat(port, step);
            return;
        }
        CompletionStage<Answer> answer =
                CompletableFuture.supplyAsync(() -> ask(port, step), Thread::startVirtualThread);
        meanwhile.run();
        expect(joined(answer), step);
    }

    private static Answer joined(CompletionStage<Answer> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new AssertionError("the request failed: " + e.getCause(), e);
        }
    }

    private Answer ask(int port, Map<String, Object> step) {
        String[] line = variables.fill(step.get("request").toString()).split(" ", 2);
        try {
            String body =
                    step.containsKey("body") ? variables.fill(step.get("body").toString()) : null;
            byte[] bytes = body == null ? null : utf8(body);
            Answer answer = send(port, line[0], line[1], new TreeMap<>(String.CASE_INSENSITIVE_ORDER), bytes, step);
            keep("etag", answer.head().header("ETag"));
            keep("last_modified", answer.head().header("Last-Modified"));
            if (step.get("as") != null) {
                keep(step.get("as") + ".body", answer.text());
            }
            return answer;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void repeat(int port, Map<String, Object> step) throws IOException {
        Map<String, Object> expected = CaseFile.map(step.get("until"));
        AssertionError[] last = new AssertionError[1];
        long start = System.nanoTime();
        try {
            Until.holds("an answer as expected", () -> {
                try {
                    expectation.check(ask(port, step), CaseFile.map(variables.fillAll(expected)));
                    return true;
                } catch (AssertionError e) {
                    last[0] = e;
                    return false;
                }
            });
        } catch (AssertionError e) {
            throw last[0] == null ? e : last[0];
        }
        double took = (System.nanoTime() - start) / 1e9;
        double within = Double.parseDouble(String.valueOf(expected.getOrDefault("within", 20)));
        if (took > within) {
            throw new AssertionError("it took " + took + " s and should have taken at most " + within, last[0]);
        }
    }

    /** Waits until the last submission is final; its status should then look like the step's value. */
    void awaitFinal(int port, Map<String, Object> step) throws IOException {
        String path = variables.fill(step.getOrDefault("of", "${status_path}").toString());
        Answer answer = finalStatus(port, path, turns.get(path));
        Object shape = variables.fillAll(step.get("final"));
        expectation.check(answer, Map.of("json", shape));
        expect(answer, step);
    }

    /** In how many seconds of the clock there were submissions. */
    int seconds() {
        return seconds.size();
    }

    /** Waits until no submission of this case runs any more. */
    void awaitTurns(int port) throws IOException {
        for (Map.Entry<String, @Nullable String> turn : turns.entrySet()) {
            finalStatus(port, turn.getKey(), turn.getValue());
        }
    }

    private static Answer finalStatus(int port, String path, @Nullable String bearer) throws IOException {
        Map<String, @Nullable String> headers = defaults(port);
        if (bearer != null) {
            headers.put("Authorization", "Bearer " + bearer);
        }
        return Wire.send(port, new Wire.Request("GET", path + "?wait=15", headers, null, false));
    }

    private static Map<String, @Nullable String> defaults(int port) {
        Map<String, @Nullable String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", "127.0.0.1:" + port);
        headers.put("Connection", "close");
        return headers;
    }

    private Answer send(
            int port,
            String method,
            String url,
            Map<String, @Nullable String> extra,
            byte @Nullable [] body,
            Map<String, Object> step)
            throws IOException {
        Map<String, @Nullable String> headers = defaults(port);
        headers.putAll(extra);
        CaseFile.map(step.get("headers"))
                .forEach((name, value) ->
                        headers.put(variables.fill(name), value == null ? null : variables.fill(value.toString())));
        String target = url.replaceFirst("^https?://[^/]*", "");
        boolean chunked = Boolean.TRUE.equals(step.get("chunked"));
        Answer answer = Wire.send(port, new Wire.Request(method, target, headers, body, chunked));
        last = answer;
        return answer;
    }

    /** What the last submission or request of the case got. */
    Answer last() {
        return Objects.requireNonNull(last, "a case that asks something");
    }

    private void expect(Answer answer, Map<String, Object> step) throws IOException {
        boolean said = step.containsKey("expect");
        if (said || step.containsKey("submit")) {
            expectation.check(answer, CaseFile.map(variables.fillAll(step.get("expect"))));
        }
    }
}
