package offload.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import offload.cli.terminal.Faults;

/**
 * Follows a turn's events to their end, over as many connections as that takes: after each loss it goes on at the cursor,
 * so that nothing comes twice and nothing is left out. For one thread.
 */
final class EventFollower {
    private static final int MOST_LOSSES = 30;
    /** The server sends a heartbeat every 15 s: twice that and a bit without a byte means that nobody is there. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final String DONE = "[DONE]";

    private final Wire wire;
    private final TurnAddress turn;
    private final Consumer<String> events;
    private final Consumer<String> losses;
    private final Duration patience;
    private String cursor;
    private int lossesInARow;

    /**
     * @param cursor where to begin; 0 for the start
     * @param events takes the data of each event but the last
     * @param losses is told why a connection ended too early
     */
    EventFollower(Wire wire, TurnAddress turn, String cursor, Consumer<String> events, Consumer<String> losses) {
        this(wire, turn, cursor, events, losses, PATIENCE);
    }

    EventFollower(
            Wire wire,
            TurnAddress turn,
            String cursor,
            Consumer<String> events,
            Consumer<String> losses,
            Duration patience) {
        this.patience = patience;
        this.wire = wire;
        this.turn = turn;
        this.cursor = cursor;
        this.events = events;
        this.losses = losses;
    }

    /** Returns when the last event was there. */
    void run() throws IOException {
        while (true) {
            String loss;
            try {
                if (followOnce()) {
                    return;
                }
                loss = "the connection ended";
            } catch (IOException e) {
                loss = Faults.sentence(e);
            }
            if (++lossesInARow > MOST_LOSSES) {
                throw new IOException("given up after " + MOST_LOSSES + " lost connections, at the cursor " + cursor);
            }
            losses.accept(loss + "; going on at " + cursor);
            long pause = Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(lossesInARow, 6));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        }
    }

    /** Whether the last event came. */
    private boolean followOnce() throws IOException {
        HttpRequest.Builder bare = Wire.request(turn.events(), turn.token()).header("Accept", "text/event-stream");
        HttpRequest request =
                Wire.with(bare, "Last-Event-ID", cursor, "the cursor").build();
        HttpResponse<InputStream> response = wire.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == 204) {
                return true;
            }
            if (status == 502 || status == 503 || status == 504) {
                throw new IOException("the server answered " + status);
            }
            if (status != 200) {
                throw Wire.refusal(status, Wire.parse(body.readAllBytes()));
            }
            return read(body);
        }
    }

    private boolean read(InputStream body) throws IOException {
        try (SilenceWatch watch = new SilenceWatch(patience, body)) {
            try {
                return read(body, watch);
            } catch (IOException e) {
                throw watch.reason(e);
            }
        }
    }

    private boolean read(InputStream body, SilenceWatch watch) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(watch.over(body), StandardCharsets.UTF_8));
        String data = "";
        String id = cursor;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                data = line.substring("data: ".length());
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.isEmpty() && !data.isEmpty()) {
                cursor = id;
                lossesInARow = 0;
                if (data.equals(DONE)) {
                    return true;
                }
                watch.rest();
                events.accept(data);
                watch.heard();
                data = "";
            }
        }
        return false;
    }
}
