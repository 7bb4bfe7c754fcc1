package offload.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.util.List;
import offload.engine.Engine;
import offload.files.DataFolder;
import offload.http.connection.ConnectionGuard;
import offload.http.connection.Connections;
import offload.http.head.ConnectionProgress;
import offload.http.head.HeadMemory;
import offload.http.head.HeldHead;
import offload.http.listener.Balancers;
import offload.http.listener.HttpServer;
import offload.http.stream.EventStreams;
import offload.http.stream.Heartbeats;
import offload.http.turns.TurnRoutes;
import offload.keys.RapidApiSecret;
import offload.keys.ServiceKeys;
import offload.limits.Descriptors;
import offload.sweep.Sweeper;
import offload.turn.ApiError;
import offload.turn.TurnTokens;

/** Puts the routes together over an engine, and opens the listener. */
public final class FrontDoor {
    private static final long HEARTBEAT_MILLIS = 15_000;

    private FrontDoor() {}

    /**
     * Who may do what.
     *
     * @param keys the service keys
     * @param proxySecret the secret of an API gateway in front
     * @param tokens the tokens of private turns
     * @param mode who may submit
     */
    public record AccessRules(ServiceKeys keys, RapidApiSecret proxySecret, TurnTokens tokens, AccessMode mode) {}

    /** Opens the listener; fails where the address cannot be bound. */
    public static HttpServer open(
            CurrentSettings current,
            AccessRules access,
            Engine engine,
            DataFolder data,
            HttpNumbers numbers,
            Sweeper sweeper)
            throws IOException {
        HttpSettings settings = current.http();
        Peers peers = new Peers(settings.trustedProxies());
        Links links = new Links(settings, peers);
        CrossOrigin crossOrigin = new CrossOrigin(current);
        ServiceGate gate = gate(current, access, crossOrigin, peers);
        Connections connections = new Connections();
        HeadMemory heads = new HeadMemory();
        List<Filter> filters = filters(numbers, connections, heads, crossOrigin);
        EventStreams streams = streams(sweeper, numbers, connections);
        TurnRoutes.Clients clients = new TurnRoutes.Clients(links::turns, peers::isForwarded, gate::allowDeletion);
        TurnRoutes turns = TurnRoutes.of(engine, data, access.tokens(), streams, clients, settings.accelRedirect());
        AcceptedAnswer accepted = new AcceptedAnswer(access.tokens());
        RequestBody body = new RequestBody(current, connections, engine.memory());
        SubmitRoute submit = new SubmitRoute(engine, gate, links, accepted, current, body);
        Balancers balancers = new Balancers();
        Routes routes = new Routes(links, submit, turns, new HealthRoute(engine, balancers));
        ConnectionProgress progress = new ConnectionProgress(connections, numbers::refused, heads);
        ConnectionGuard guard = guard(settings, connections, peers, numbers);
        guard.start(sweeper);
        return new HttpServer(
                settings.host(),
                settings.port(),
                new HttpServer.Hooks(guard::admit, progress, progress::watched, progress::refuse, balancers),
                routing -> configure(routing, filters, routes, numbers));
    }

    private static EventStreams streams(Sweeper sweeper, HttpNumbers numbers, Connections connections) {
        Heartbeats heartbeats = new Heartbeats(sweeper, HEARTBEAT_MILLIS);
        numbers.countReaders(heartbeats::count);
        return new EventStreams(heartbeats, connections);
    }

    private static ConnectionGuard guard(
            HttpSettings settings, Connections connections, Peers peers, HttpNumbers numbers) {
        return new ConnectionGuard(
                settings.guard(),
                connections,
                peers::mayHaveMany,
                Descriptors.OF_PROCESS,
                () -> numbers.rejected(
                        ApiError.TOO_MANY_CONNECTIONS, "There are too many connections, in all or of one address."));
    }

    private static ServiceGate gate(CurrentSettings current, AccessRules access, CrossOrigin crossOrigin, Peers peers) {
        ServiceGate.Rules rules =
                new ServiceGate.Rules(access.mode(), () -> current.http().submissionsNeedNoKey());
        return new ServiceGate(access.keys(), rules, access.proxySecret(), crossOrigin, peers);
    }

    /** The outermost first. */
    private static List<Filter> filters(
            HttpNumbers numbers, Connections connections, HeadMemory heads, CrossOrigin crossOrigin) {
        return List.of(
                new RequestLog(numbers, connections)::filter,
                new HeldHead(connections, heads)::filter,
                new CloseRule(connections)::filter,
                crossOrigin::filter);
    }

    private static void configure(
            HttpRouting.Builder routing, List<Filter> filters, Routes routes, HttpNumbers numbers) {
        filters.forEach(routing::addFilter);
        routes.register(routing, numbers);
    }
}
