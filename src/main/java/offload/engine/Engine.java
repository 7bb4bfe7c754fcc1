package offload.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offload.engine.execution.Execution;
import offload.engine.execution.RunningTurns;
import offload.engine.idempotency.Idempotency;
import offload.files.DataFolder;
import offload.files.DataSettings;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.files.SyncPolicy;
import offload.metrics.Family;
import offload.sweep.Rounds;
import offload.sweep.Sweeper;
import offload.turn.TurnTokens;
import offload.upstream.ChatUpstream;
import offload.upstream.UpstreamTarget;
import offload.webhook.WebhookOutbox;

/**
 * All that turns need, put together: what takes submissions, what answers for turns, and the rounds that keep statuses,
 * logs, nodes and folders in order. {@link #start} begins the rounds, {@link #close} sees the running turns through.
 */
public final class Engine implements AutoCloseable {
    /** What parts of the heap documents may take, in sixteenths: answers that grow have four, see {@code AnswerMemory}. */
    private static final int SUBMISSIONS = 5;

    private static final int STATUSES = 2;
    private static final int RECOVERY = 2;

    private static final Logger LOG = System.getLogger(Engine.class.getName());

    private final EngineSettings settings;
    private final Ground ground;
    private final NodeFolder node;
    private final FreeSpace space;
    private final RunningTurns turns;
    private final DocumentMemory memory = new DocumentMemory(SUBMISSIONS);
    private final EventLogs logs;
    private final StorageHealth health;
    private final Submission submission;
    private final Orphans orphans;
    private final Statuses statuses;
    private final Stops stops;
    private final Deletion deletion;
    private final Idempotency idempotency;
    private final Recovery recovery;
    private final Retention retention;
    private final WebhookOutbox webhooks;
    private final Execution execution;
    private final List<Rounds> rounds = new ArrayList<>();
    private volatile Runnable whenLost = () -> {};
    private boolean lost;

    /**
     * What the engine works on.
     *
     * @param data the data folder
     * @param node this process's own folder in it
     * @param settings what the operator says of the data folder
     * @param tokens the tokens of private turns
     */
    public record Ground(DataFolder data, NodeFolder node, DataSettings settings, TurnTokens tokens) {}

    /**
     * Whom the engine calls.
     *
     * @param upstream makes the calls
     * @param targets where they may go, in order of preference
     * @param webhooks takes what is due when a turn is final
     * @param webhookCheck checks webhook URLs
     */
    public record Partners(
            ChatUpstream upstream,
            List<UpstreamTarget> targets,
            WebhookOutbox webhooks,
            Submission.WebhookCheck webhookCheck) {}

    /** Puts everything together; nothing runs yet. */
    public Engine(EngineSettings settings, Ground ground, Partners partners) throws IOException {
        this.settings = settings;
        this.ground = ground;
        node = ground.node();
        DataFolder data = ground.data();
        SyncPolicy sync = ground.settings().sync();
        space = new FreeSpace(data, node, ground.settings().leastFree());
        turns = new RunningTurns(settings.maxTurns(), space);
        health = new StorageHealth(data, node, space);
        execution = new Execution(data, node, turns, partners.upstream(), partners.webhooks(), sync);
        Chain chain = new Chain(data, ground.tokens());
        submission = new Submission(partners.targets(), chain, partners.webhookCheck(), execution);
        DocumentMemory ofLeft = new DocumentMemory(RECOVERY);
        orphans = new Orphans(data, ofLeft);
        logs = new EventLogs(data, turns, orphans);
        statuses = new Statuses(data, turns, new DocumentMemory(STATUSES), orphans);
        stops = new Stops(data, turns);
        deletion = new Deletion(data, stops, partners.webhooks());
        idempotency = new Idempotency(data, node, ground.tokens(), sync == SyncPolicy.EVENT);
        recovery = new Recovery(data, node, turns, partners.webhooks(), execution, ofLeft);
        retention = new Retention(data, ground.settings().retentionDays());
        webhooks = partners.webhooks();
    }

    /** Begins the rounds. Recovery's first one is under way at once. */
    public void start(Sweeper sweeper) {
        sweeper.every(100, turns::endOverdue);
        rounds.add(new Rounds("heartbeat", 1_000, this::beat));
        rounds.add(new Rounds("storage", 1_000, this::lookAtStorage));
        Rounds recovering = new Rounds("recovery", 2_000, recovery::round);
        turns.onUnfinished(recovering::hurry);
        rounds.add(recovering);
        rounds.add(new Rounds("orphans", 2_000, orphans::round));
        rounds.add(new Rounds("status-writer", 200, execution::rewriteStatuses));
        rounds.add(new Rounds("stop-watcher", 500, stops::watch));
        rounds.add(new Rounds("retention", 3_600_000, retention::round));
        rounds.add(new Rounds("dead-letters", 3_600_000, webhooks::forgetRemoved));
        rounds.add(new Rounds("idempotency", 3_600_000, idempotency::round));
        rounds.add(new Rounds("deleted-names", 3_600_000, ground.data().deletedNames()::round));
        if (ground.settings().sync() == SyncPolicy.INTERVAL) {
            rounds.add(new Rounds("syncer", ground.settings().syncInterval().toMillis(), execution::syncLogs));
        }
    }

    private void lookAtStorage() throws IOException {
        logs.round();
        space.round();
        idempotency.catchUp();
    }

    private void beat() throws IOException {
        node.beat();
        if (!node.isOurs() && !lost) {
            lost = true;
            LOG.log(
                    Level.ERROR,
                    "another node has claimed this one's turns, or the folder is on another mount by now: nothing more is"
                            + " written here");
            turns.drain();
            turns.lose();
            whenLost.run();
        }
    }

    /** Sets what happens, once, when another node has taken this one for dead: nothing can be begun here any more. */
    public void onLost(Runnable then) {
        whenLost = then;
    }

    /** Takes over changed limits and targets; turns that run go on as they began. */
    public void adjust(EngineSettings changed, List<UpstreamTarget> targets) {
        turns.limit(changed.maxTurns());
        submission.redirect(targets);
    }

    /** Whether the data folder does what it should. */
    public StorageHealth health() {
        return health;
    }

    /** The memory for submissions that are under way. */
    public DocumentMemory memory() {
        return memory;
    }

    /** What takes submissions. */
    public Submission submission() {
        return submission;
    }

    /** How many turns run here or are about to. */
    public int running() {
        return turns.count();
    }

    /** What has been done about turns so far, for Prometheus. */
    public List<Family> families() {
        return turns.families();
    }

    /** What answers for event logs. */
    public EventLogs logs() {
        return logs;
    }

    /** What answers for statuses. */
    public Statuses statuses() {
        return statuses;
    }

    /** What stops turns. */
    public Stops stops() {
        return stops;
    }

    /** What deletes turns. */
    public Deletion deletion() {
        return deletion;
    }

    /** What lets submissions be repeated. */
    public Idempotency idempotency() {
        return idempotency;
    }

    /** Whether submissions are refused because the server goes down. */
    public boolean isDraining() {
        return turns.isDraining();
    }

    /** From now on submissions are refused; turns go on. */
    public void drain() {
        turns.drain();
    }

    /** Lets running turns go on for the grace period, and ends the others as interrupted. */
    public void settle() {
        awaitTurns(settings.grace().toNanos());
        turns.interrupt();
        awaitTurns(TimeUnit.SECONDS.toNanos(10));
        turns.settle();
    }

    /** Stops the rounds and leaves the data folder; what still runs is left to recovery. */
    @Override
    public void close() throws IOException {
        turns.drain();
        turns.settle();
        turns.interrupt();
        // The heart goes on beating until the last of the others is through.
        rounds.reversed().forEach(Rounds::close);
        execution.close();
        // What could not be kept until now would be forgotten.
        idempotency.catchUp();
        logs.close();
        node.close();
    }

    private void awaitTurns(long nanos) {
        long end = System.nanoTime() + nanos;
        while (turns.count() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
