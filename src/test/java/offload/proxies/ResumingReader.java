package offload.proxies;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import offload.testing.SseRecorder;
import offload.testing.Until;

/** Reads one turn to its end as an {@code EventSource} does: a connection that breaks is made again, at the last id. */
final class ResumingReader {
    private final URI url;
    private final List<SseRecorder> connections = new CopyOnWriteArrayList<>();
    private final CompletableFuture<List<SseRecorder.Event>> all;

    private ResumingReader(URI url) {
        this.url = url;
        this.all = CompletableFuture.supplyAsync(this::run, Executors.newVirtualThreadPerTaskExecutor());
    }

    static ResumingReader start(URI url) {
        return new ResumingReader(url);
    }

    private List<SseRecorder.Event> run() {
        List<SseRecorder.Event> events = new ArrayList<>();
        String id = "0";
        try {
            while (events.isEmpty() || !events.getLast().data().equals("[DONE]")) {
                try (SseRecorder connection = SseRecorder.open(url, "Last-Event-ID: " + id)) {
                    connections.add(connection);
                    connection.awaitAnyEnd();
                    events.addAll(connection.events());
                }
                id = events.isEmpty() ? "0" : String.valueOf(events.getLast().id());
            }
        } catch (IOException e) {
            throw new IllegalStateException("refused at " + id, e);
        }
        return events;
    }

    /** Waits until the first event has come. */
    ResumingReader begun() {
        Until.holds(
                "a first event",
                () -> connections.stream().anyMatch(one -> !one.events().isEmpty()));
        return this;
    }

    /** The event log below {@code data}. */
    String file(Path data) throws IOException {
        return Files.readString(data.resolve(url.getPath().substring("/1/r/".length())));
    }

    /** How often it had to connect until now. */
    int connections() {
        return connections.size();
    }

    /** Everything that it has read, once that is all there is. */
    List<SseRecorder.Event> everything() throws Exception {
        return all.get(120, TimeUnit.SECONDS);
    }
}
