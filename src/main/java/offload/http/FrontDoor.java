package offload.http;

import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import offload.engine.Engine;
import offload.files.DataFolder;
import offload.keys.RapidApiSecret;
import offload.keys.ServiceKeys;
import offload.sweep.Sweeper;
import offload.turn.RequestLimits;
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
     * @param keysRequired whether submissions need a key although there is none yet
     * @param openAlways whether submissions need no key although there are some
     */
    public record AccessRules(
            ServiceKeys keys,
            RapidApiSecret proxySecret,
            TurnTokens tokens,
            boolean keysRequired,
            boolean openAlways) {}

    /** Opens the listener; fails where the address cannot be bound. */
    public static HttpServer open(
            HttpSettings settings,
            AccessRules access,
            Engine engine,
            DataFolder data,
            RequestLimits requests,
            Sweeper sweeper)
            throws IOException {
        Peers peers = new Peers(settings.trustedProxies());
        Links links = new Links(settings, peers);
        CrossOrigin crossOrigin = new CrossOrigin(settings, links);
        Gatekeeper gatekeeper = new Gatekeeper(access.tokens());
        ServiceGate gate = gate(settings, access, crossOrigin, peers);
        Connections connections = new Connections();
        EventStreams streams = new EventStreams(new Heartbeats(sweeper, HEARTBEAT_MILLIS), connections);
        FileHandover handover = new FileHandover(settings.accelRedirect(), peers);
        Routes routes = new Routes(
                links,
                new SubmitRoute(
                        engine,
                        gate,
                        links,
                        new AcceptedAnswer(access.tokens()),
                        requests,
                        new RequestBody(settings.bodyLimit(), connections)),
                new Routes.TurnRoutes(
                        new StatusRoute(engine.statuses(), gatekeeper, handover),
                        new StreamRoute(data, engine.turns(), gatekeeper, streams, handover),
                        new RawRoute(data, gatekeeper, handover),
                        new WebhookRoute(data, gatekeeper),
                        new StopRoute(engine.stops(), gatekeeper, links),
                        new DeleteRoute(engine.deletion(), gatekeeper, gate)),
                new HealthRoute(engine.turns()));
        ConnectionGuard guard = new ConnectionGuard(settings.guard(), connections, peers::mayHaveMany);
        guard.start(sweeper);
        return new HttpServer(
                settings,
                new HttpServer.Hooks(guard::admit, new ConnectionProgress(connections)),
                routing -> configure(routing, new CloseRule(connections), crossOrigin, routes));
    }

    private static ServiceGate gate(HttpSettings settings, AccessRules access, CrossOrigin crossOrigin, Peers peers) {
        ServiceGate.Rules rules =
                new ServiceGate.Rules(access.keysRequired(), access.openAlways(), settings.submissionsNeedNoKey());
        return new ServiceGate(access.keys(), rules, access.proxySecret(), crossOrigin, peers);
    }

    private static void configure(
            HttpRouting.Builder routing, CloseRule closeRule, CrossOrigin crossOrigin, Routes routes) {
        routing.addFilter(closeRule::filter);
        routing.addFilter(crossOrigin::filter);
        routes.register(routing);
    }
}
