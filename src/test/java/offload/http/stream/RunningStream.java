package offload.http.stream;

import offload.eventlog.EventLog;
import offload.http.connection.Connection;

/** A stream as its route leaves it to whoever has the connection. */
public final class RunningStream {
    private RunningStream() {}

    /** The whole of {@code log} for the client of {@code connection}. */
    public static BareStream of(EventLog log, Connection connection, Heartbeats heartbeats) {
        return new BareStream(new DirectStream(log, 0, connection, heartbeats));
    }
}
