package offload.engine.execution;

import java.io.IOException;
import java.nio.file.Path;
import offload.files.StatusWriter;
import offload.json.JsonSource;

/** The status file of a turn that runs here, which is written now and then, and at last by the turn's own thread. Any thread. */
final class TurnStatusFile {
    private final StatusWriter writer;
    private boolean last;

    TurnStatusFile(StatusWriter writer) {
        this.writer = writer;
    }

    /** Replaces the status, unless the last one is there. */
    synchronized void replace(JsonSource status) throws IOException {
        if (!last) {
            writer.replace(status);
        }
    }

    /** Whether the last status is there or about to be, or another's affair: no other is needed. */
    synchronized boolean isLast() {
        return last;
    }

    /** Writes the last status beside the one that is there, which no other replaces from now on. */
    synchronized Path prepareLast(JsonSource status) throws IOException {
        last = true;
        return writer.prepareLast(status);
    }

    /** Replaces the status by what was prepared. */
    synchronized void publishLast() throws IOException {
        writer.publishLast();
    }

    /** Removes the marker: nothing is left to be recovered. */
    synchronized void removeMarker(Path marker) throws IOException {
        writer.removeMarker(marker);
    }

    /** No status is written here any more. */
    synchronized void giveAway() {
        last = true;
    }

    /** Removes what was for further statuses. */
    synchronized void leave() throws IOException {
        writer.leave();
    }
}
