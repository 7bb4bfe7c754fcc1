package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import offload.testing.RawHttp;
import offload.testing.SseRecorder;

/**
 * A submission that was answered.
 *
 * @param base its files without their endings
 * @param path its URL's path without an ending
 */
record Turn(Path base, String path) {
    static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"timeout\":90}";

    /** Submits; fails where that is refused. */
    static Turn submit(Node node, Path data, String... headers) throws IOException {
        RawHttp.Response answer = post(node, headers);
        assertEquals(200, answer.status(), answer.text());
        return of(answer, data);
    }

    static RawHttp.Response post(Node node, String... headers) throws IOException {
        return post(node, BODY, List.of(headers));
    }

    static RawHttp.Response post(Node node, String body, List<String> headers) throws IOException {
        List<String> all = new ArrayList<>(headers);
        all.add("Content-Type: application/json");
        all.add("X-OpenAI-API-Key: k");
        try {
            return RawHttp.exchange("POST", node.url("/v1/stream-chatgpt"), body, all.toArray(String[]::new));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("a submission has no answer; " + node.output() + node.threads(), e);
        }
    }

    static Turn of(RawHttp.Response answer, Path data) {
        String url = json(answer.text()).getJsonObject("endpoints").getString("status_url");
        String path = url.substring(url.indexOf("/1/r/"), url.length() - ".json".length());
        return new Turn(data.resolve(path.substring("/1/r/".length())), path);
    }

    SseRecorder read(Node node) throws IOException {
        return SseRecorder.open(node.url(path + ".txt"));
    }

    Path file(String ending) {
        return base.resolveSibling(base.getFileName() + ending);
    }

    JsonObject status() throws IOException {
        return json(Files.readString(file(".json")));
    }

    boolean isFinal() throws IOException {
        try {
            String status = status().getString("status");
            return status.equals("done") || status.equals("error");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    String errorCode() throws IOException {
        JsonObject error = status().getJsonObject("error");
        return error == null ? "" : error.getString("code");
    }

    String log() throws IOException {
        return Files.readString(file(".txt"));
    }

    /** The log is whole records up to one [DONE], and the final status tells its length and hash. */
    void assertSound() throws Exception {
        byte[] log = Files.readAllBytes(file(".txt"));
        JsonObject events = status().getJsonObject("events");
        assertEquals(log.length, events.getInt("offset"), path);
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(log);
        assertEquals(HexFormat.of().formatHex(sum), events.getString("sha256"), path);
        String text = new String(log, StandardCharsets.UTF_8);
        int end = 0;
        String last = "";
        for (String record : text.split("(?<=\n\n)")) {
            end += record.getBytes(StandardCharsets.UTF_8).length;
            assertTrue(record.matches("data: [^\n]+\nid: " + end + "\n\n"), path + ": " + record);
            last = record;
        }
        assertTrue(last.startsWith("data: [DONE]\n"), path + " ends in " + last);
        assertEquals(text.indexOf("data: [DONE]\n"), text.lastIndexOf("data: [DONE]\n"), path);
        assertEquals(
                text.indexOf("data: {\"error\""),
                text.lastIndexOf("data: {\"error\""),
                path + " tells its error twice");
        assertEquals(logged(text), told(status().getJsonObject("response").get("body")), path + ": the status' answer");
    }

    /** The content that the records of a log have. */
    private static String logged(String log) {
        return log.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> json(line.substring("data: ".length())).getJsonArray("choices"))
                .filter(Objects::nonNull)
                .map(choices -> choices.getJsonObject(0).getJsonObject("delta").getString("content", ""))
                .collect(Collectors.joining());
    }

    /** The content that a status has. */
    private static String told(JsonValue body) {
        return body instanceof JsonObject answer && answer.containsKey("choices")
                ? answer.getJsonArray("choices")
                        .getJsonObject(0)
                        .getJsonObject("message")
                        .getString("content", "")
                : "";
    }

    /** What this reader got is how the log begins. */
    void assertHolds(SseRecorder reader) throws IOException {
        String got = new String(reader.bytes(), StandardCharsets.UTF_8).replace(": hb\n", "");
        String log = log();
        assertTrue(
                log.startsWith(got),
                () -> path + ": a reader got " + got.length() + " bytes that are not in the file: "
                        + got.substring(Math.max(0, got.length() - 200)));
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
