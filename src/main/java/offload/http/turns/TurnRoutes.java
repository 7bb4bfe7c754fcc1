package offload.http.turns;

import io.helidon.webserver.http.ServerRequest;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import offload.engine.Engine;
import offload.files.DataFolder;
import offload.http.stream.EventStreams;
import offload.turn.TurnTokens;

/**
 * The handlers of a turn's URLs. Any thread.
 *
 * @param status of its status
 * @param events of its event log
 * @param raw of its raw answer
 * @param webhook of what became of its webhook
 * @param stop of its stop
 * @param delete of its deletion, at the URL of its status
 */
public record TurnRoutes(
        TurnHandler status,
        TurnHandler events,
        TurnHandler raw,
        TurnHandler webhook,
        TurnHandler stop,
        TurnHandler delete) {

    /**
     * What the front door knows of who asks. Any thread asks.
     *
     * @param urls the beginning of the URLs of turns, as the client of a request sees them
     * @param isForwarded whether a request came through a proxy that is trusted
     * @param allowDeletion refuses, by throwing, who may not delete a public turn
     */
    public record Clients(
            Function<ServerRequest, String> urls,
            Predicate<ServerRequest> isForwarded,
            Consumer<ServerRequest> allowDeletion) {}

    /** Those of all turns in {@code data}; {@code accelRedirect} is the data folder as a proxy knows it, empty for none. */
    public static TurnRoutes of(
            Engine engine,
            DataFolder data,
            TurnTokens tokens,
            EventStreams streams,
            Clients clients,
            String accelRedirect) {
        Gatekeeper gatekeeper = new Gatekeeper(tokens);
        FileHandover handover = new FileHandover(accelRedirect, clients.isForwarded());
        FinishedAnswer finished = new FinishedAnswer(handover);
        return new TurnRoutes(
                new StatusRoute(engine.statuses(), gatekeeper, finished),
                new StreamRoute(data, engine.logs(), gatekeeper, streams, handover),
                new RawRoute(data, gatekeeper, finished),
                new WebhookRoute(data, gatekeeper),
                new StopRoute(engine.stops(), gatekeeper, clients.urls()),
                new DeleteRoute(engine.deletion(), engine.statuses(), gatekeeper, clients.allowDeletion()));
    }
}
