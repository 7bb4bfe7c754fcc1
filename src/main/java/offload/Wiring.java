package offload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import offload.address.AddressGuard;
import offload.address.WebhookUrl;
import offload.engine.Engine;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.files.SecretFile;
import offload.files.SyncPolicy;
import offload.http.AccessMode;
import offload.http.CurrentSettings;
import offload.http.FrontDoor;
import offload.http.HttpNumbers;
import offload.http.listener.HttpServer;
import offload.keys.ServiceKeys;
import offload.metrics.MetricsListener;
import offload.sweep.Sweeper;
import offload.turn.TurnTokens;
import offload.upstream.UpstreamTarget;
import offload.upstream.openai.OpenAiUpstream;
import offload.upstream.sample.SampleUpstream;
import offload.webhook.WebhookCounts;
import offload.webhook.WebhookOutbox;
import offload.webhook.WebhookSender;
import org.jspecify.annotations.Nullable;

/**
 * A whole server: the only place that builds. {@link #start} answers when it listens; {@link #close} sees running turns
 * through. Tests start this too.
 */
public final class Wiring implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Wiring.class.getName());

    /** Load balancers ask every second or two. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** More than a busy server takes, and short enough to be tried again before a watchdog of 30 s bites. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(5);

    private final Resources resources = new Resources();
    private final Engine engine;
    private final HttpServer server;
    private final Duration grace;
    private final CurrentSettings current;
    private final @Nullable MetricsListener metrics;
    private @Nullable SampleUpstream sample;

    private Wiring(OffloadConfig config) throws IOException, BadConfiguration {
        try {
            DataFolder data = new DataFolder(config.data().folder());
            TurnTokens tokens = new TurnTokens(SecretFile.readOrMake(data));
            Sweeper sweeper = resources.add(new Sweeper());
            NodeFolder node = NodeFolder.create(data);
            ServiceKeys keys = resources.add(new ServiceKeys(data.keys(), node.id(), InstantSource.system()));
            checkAddress(config, keys);
            keys.start();
            AddressGuard guard = new AddressGuard(config.webhook().allow());
            WebhookOutbox outbox = new WebhookOutbox(node.webhooks(), InstantSource.system());
            OpenAiUpstream upstream = resources.add(upstream(config, sweeper));
            engine = new Engine(
                    config.engine(),
                    new Engine.Ground(data, node, config.data(), tokens),
                    new Engine.Partners(
                            upstream,
                            reachable(config.upstream().targets()),
                            outbox,
                            url -> WebhookUrl.parse(url, guard)));
            resources.add(engine);
            // Closed before the engine, which gives the node's folder with the outbox away.
            WebhookSender sender =
                    resources.add(new WebhookSender(outbox, config.webhook(), guard, InstantSource.system()));
            engine.start(sweeper);
            grace = config.engine().grace();
            current = new CurrentSettings(config.http(), config.engine().requests());
            HttpNumbers numbers = new HttpNumbers();
            server = FrontDoor.open(current, rules(config.access(), keys, tokens), engine, data, numbers, sweeper);
            // Last: what it calls at once loads classes in virtual threads, and those of the start have to be loaded by
            // then.
            sender.start(sweeper);
            metrics = metrics(config.watch(), numbers, sender.counts(), outbox);
        } catch (IOException | RuntimeException | Error | BadConfiguration e) {
            resources.close();
            throw e;
        }
    }

    private static OpenAiUpstream upstream(OffloadConfig config, Sweeper sweeper) {
        OpenAiUpstream upstream = new OpenAiUpstream(config.upstream().client(), sweeper);
        if (config.data().sync() == SyncPolicy.EVENT) {
            // Each event waits for the device: on one thread for all, turns would wait for each other's.
            upstream.readApart();
        }
        return upstream;
    }

    /** Builds and starts a server. */
    public static Wiring start(OffloadConfig config) throws IOException, BadConfiguration {
        return new Wiring(config);
    }

    private static FrontDoor.AccessRules rules(OffloadConfig.AccessConfig access, ServiceKeys keys, TurnTokens tokens) {
        return new FrontDoor.AccessRules(keys, access.proxySecret(), tokens, access.mode());
    }

    /** The targets with the address of the sample where they mean that. */
    private List<UpstreamTarget> reachable(List<UpstreamTarget> targets) throws IOException {
        List<UpstreamTarget> reachable = new ArrayList<>();
        for (UpstreamTarget target : targets) {
            if (target.base().equals(UpstreamSettings.EMBEDDED)) {
                if (sample == null) {
                    sample = resources.add(new SampleUpstream());
                }
                reachable.add(target.at(sample.base()));
            } else {
                reachable.add(target);
            }
        }
        return List.copyOf(reachable);
    }

    private static void checkAddress(OffloadConfig config, ServiceKeys keys) throws IOException, BadConfiguration {
        String host = config.http().host();
        InetAddress address = address(host);
        boolean open = config.access().mode() == AccessMode.AUTO && !keys.anyKnown();
        if (open && !address.isLoopbackAddress()) {
            throw new BadConfiguration(List.of("host is \"" + host + "\" and there are no service keys: anybody could"
                    + " submit. Make a key with `scripts/offload key create`, or bind 127.0.0.1, or say `auth: open`"));
        }
    }

    /** That of {@code host}. Who answers for names may only not be there yet, as when the machine has just started. */
    private static InetAddress address(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException(
                    "host is \"" + host + "\": it must be an address of this machine, or a name of one", e);
        }
    }

    private @Nullable MetricsListener metrics(
            WatchSettings watch, HttpNumbers http, WebhookCounts webhooks, WebhookOutbox outbox) throws IOException {
        if (watch.metricsPort() < 0) {
            return null;
        }
        return resources.add(new MetricsListener(
                watch.metricsHost(), watch.metricsPort(), ServerNumbers.all(engine, http, webhooks, outbox)));
    }

    /** The port of the metrics, if they have one. */
    public OptionalInt metricsPort() {
        return metrics == null ? OptionalInt.empty() : OptionalInt.of(metrics.port());
    }

    /**
     * Whether the listener answers, and the data folder was just now written, synced and read, or has merely no room: for
     * the watchdog, and on its platform thread. Says in an exception what a client would see.
     */
    public boolean probe() throws IOException {
        if (!server.answersWithin(ANSWER_TIME)) {
            throw new IOException(
                    "the server does not answer its own request within " + ANSWER_TIME.toSeconds() + " s");
        }
        return engine.health().look().isSound();
    }

    /**
     * Takes over what may change while the server runs: upstreams and their keys, limits of requests and turns, timeouts,
     * origins.
     */
    public synchronized void adjust(OffloadConfig changed) throws IOException {
        engine.adjust(changed.engine(), reachable(changed.upstream().targets()));
        current.adjust(changed.http(), changed.engine().requests());
    }

    /** Sets what happens when another node has taken this one for dead and owns its turns: only a new start helps. */
    public void onLost(Runnable then) {
        engine.onLost(then);
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Refuses new submissions, lets running turns go on for the grace period, serves their readers, and ends. */
    @Override
    public void close() {
        int running = engine.running();
        LOG.log(Level.INFO, "shutting down: " + running + (running == 1 ? " turn is" : " turns are") + " running");
        engine.drain();
        engine.settle();
        server.awaitFarewell(grace.compareTo(FAREWELL) < 0 ? grace : FAREWELL);
        try {
            server.close();
        } finally {
            resources.close();
        }
    }
}
