package offload.engine.execution;

import java.io.IOException;
import java.util.List;
import offload.metrics.Counter;
import offload.metrics.Counters;
import offload.metrics.Family;
import offload.metrics.Histogram;
import offload.turn.TurnState;

/** What this process has done about turns so far. Counted by the batch, never by the token. Any thread. */
final class TurnNumbers {
    private final Counters ended = new Counters(
            "offload_turns_total",
            "Turns that ended, by outcome.",
            "outcome",
            List.of("completed", "incomplete", "cancelled", "failed"));
    private final Histogram firstEvent = new Histogram(
            "offload_first_event_seconds",
            "From submission to the first event.",
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            30,
            60);
    private final Histogram whole = new Histogram(
            "offload_turn_seconds",
            "From submission to the end of the turn.",
            0.1,
            0.5,
            1,
            2.5,
            5,
            10,
            20,
            40,
            90,
            300,
            900,
            3600);
    private final Counter events = new Counter(
            "offload_events_appended_total",
            "Events of upstreams appended to event logs: all but the last records, an error and [DONE].");
    private final Counter bytes = new Counter("offload_bytes_appended_total", "The bytes of these events in the logs.");
    private final Histogram syncs = new Histogram(
            "offload_sync_seconds",
            "How long forcing an event log to the device took.",
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.5,
            2);
    private final Counter syncErrors =
            new Counter("offload_sync_errors_total", "Event logs that could not be forced to the device.");
    private final Counter recovered =
            new Counter("offload_turns_recovered_total", "Turns of dead or failing nodes that were finished here.");

    /** Something that forces a log to the device. */
    interface Sync {
        /** Does it. */
        void run() throws IOException;
    }

    /** All of them, for showing. */
    List<Family> families() {
        return List.of(ended, firstEvent, whole, events, bytes, syncs, syncErrors, recovered);
    }

    void appended(int batchEvents, int batchBytes) {
        events.add(batchEvents);
        bytes.add(batchBytes);
    }

    void began(long nanosSinceSubmission) {
        firstEvent.observeNanos(nanosSinceSubmission);
    }

    void ended(TurnState state, long nanosSinceSubmission) {
        ended.count(state.state());
        whole.observeNanos(nanosSinceSubmission);
    }

    void recovered() {
        recovered.add(1);
    }

    /** Runs {@code work} and measures it. */
    void sync(Sync work) throws IOException {
        long begun = System.nanoTime();
        try {
            work.run();
        } catch (IOException e) {
            syncErrors.add(1);
            throw e;
        }
        syncs.observeNanos(System.nanoTime() - begun);
    }
}
