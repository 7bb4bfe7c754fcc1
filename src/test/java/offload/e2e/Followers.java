package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import offload.testing.SseRecorder;

/** The readers of event streams in a case, who listen while other steps are taken. One thread at a time. */
final class Followers implements AutoCloseable {
    private final Map<String, SseRecorder> readers = new HashMap<>();
    private final Map<SseRecorder, Long> openedNanos = new HashMap<>();

    void obey(int port, String verb, Map<String, Object> step, DataFolderView folder) throws IOException {
        String name = String.valueOf(step.getOrDefault("as", step.getOrDefault("by", "reader")));
        switch (verb) {
            case "follow" -> {
                String target = step.get("follow").toString().replaceFirst("^https?://[^/]*", "");
                String[] headers = CaseFile.map(step.get("headers")).entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .toArray(String[]::new);
                long now = System.nanoTime();
                SseRecorder reader = SseRecorder.open(URI.create("http://127.0.0.1:" + port + target), headers);
                readers.put(name, reader);
                openedNanos.put(reader, now);
            }
            case "leaves" ->
                Objects.requireNonNull(readers.remove(step.get("leaves").toString()))
                        .close();
            default -> heard(Objects.requireNonNull(readers.get(name)), CaseFile.map(step.get("heard")), folder);
        }
    }

    private void heard(SseRecorder reader, Map<String, Object> what, DataFolderView folder) throws IOException {
        for (Map.Entry<String, Object> one : what.entrySet()) {
            switch (one.getKey()) {
                case "events" -> reader.awaitEvents(Expectation.number(one.getValue()));
                case "heartbeat" -> assertEquals("hb", reader.awaitComments(1).getFirst());
                case "heartbeats" -> heartbeats(reader, CaseFile.map(one.getValue()));
                case "open" -> assertEquals(one.getValue(), reader.status());
                case "still-open" -> assertTrue(!reader.ended(), "the stream should still be open");
                case "end" -> {
                    reader.awaitEnd();
                    assertEquals(one.getValue(), reader.datas().getLast());
                }
                case "same-as-file" -> {
                    String records = new String(reader.bytes(), StandardCharsets.UTF_8).replaceAll("(?m)^: hb\n", "");
                    assertEquals(Files.readString(folder.file(one.getValue())), records);
                }
                case "texts" -> assertEquals(one.getValue(), List.copyOf(reader.datas()));
                default -> throw new AssertionError("nobody can hear: " + one.getKey());
            }
        }
    }

    /** From before the first one on: from its arrival on, a pause of the test would make the next one come too early. */
    private void heartbeats(SseRecorder reader, Map<String, Object> what) {
        reader.awaitComments(Expectation.number(what.get("count")));
        double took = (System.nanoTime() - Objects.requireNonNull(openedNanos.get(reader))) / 1e9;
        double every = Double.parseDouble(what.get("after").toString());
        assertTrue(took >= every && took < every + 5, "it took " + took + " s and should have taken " + every);
    }

    @Override
    public void close() throws IOException {
        for (SseRecorder reader : readers.values()) {
            reader.close();
        }
    }
}
