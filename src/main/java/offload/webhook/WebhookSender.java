package offload.webhook;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import offload.address.AddressGuard;
import offload.address.BadWebhookUrl;
import offload.address.WebhookUrl;
import offload.sweep.Failures;
import offload.sweep.Sweeper;
import offload.webhook.Lanes.Ending;
import offload.webhook.Lanes.Ticket;
import offload.webhook.call.WebhookPost;
import offload.webhook.call.WebhookSettings;

/**
 * Delivers what is due in a {@link WebhookOutbox}, each try on a virtual thread of its own. At least once, always with
 * the same id; after a crash, what is due is found in the outbox again.
 *
 * <p>Any thread may call it. Nothing here holds a lock over I/O; which thread waits for whom is told in {@link Lanes}.
 */
public final class WebhookSender implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WebhookSender.class.getName());
    private static final Duration LAST_WAIT = Duration.ofSeconds(3);

    private final WebhookOutbox outbox;
    private final SteadyClock clock;
    private final WebhookPost post;
    private final DeliveryAttempt attempt;
    private final WebhookCounts counts = new WebhookCounts();
    private final Lanes lanes = new Lanes();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Failures failures = new Failures("requests to retry webhooks");
    private volatile boolean closed;

    /** A sender that has not begun yet. */
    public WebhookSender(WebhookOutbox outbox, WebhookSettings settings, AddressGuard guard, InstantSource clock) {
        this(outbox, new WebhookPost(settings, guard), new SteadyClock(clock, System::nanoTime));
    }

    WebhookSender(WebhookOutbox outbox, WebhookPost post, SteadyClock clock) {
        this.outbox = outbox;
        this.post = post;
        this.clock = clock;
        RetrySchedule schedule =
                new RetrySchedule(() -> ThreadLocalRandom.current().nextDouble());
        attempt = new DeliveryAttempt(outbox, post, schedule, clock, counts);
    }

    /** Begins to send: what the outbox holds, what is released from now on, and what is asked for by other processes. */
    public void start(Sweeper sweeper) throws IOException {
        outbox.onDue(this::enqueue);
        outbox.due().forEach(this::enqueue);
        sweeper.every(100, this::sweep);
        sweeper.every(1000, this::lookForRequests);
    }

    /** What was done so far. */
    public WebhookCounts counts() {
        return counts;
    }

    private void enqueue(WebhookEntry entry) {
        WebhookEntry.Due due = entry.due();
        if (due != null) {
            Instant now = clock.wall().instant();
            Instant begun = clock.awake().minus(due.usedBy(now));
            lanes.add(new Ticket(laneOf(entry), entry.turn(), begun, clock.of(due.soonest(now))));
            sweep();
        }
    }

    private static String laneOf(WebhookEntry entry) {
        try {
            return WebhookUrl.read(entry.url()).endpoint().authority();
        } catch (BadWebhookUrl e) {
            return "";
        }
    }

    private void sweep() {
        post.interruptLate();
        if (!closed) {
            lanes.takeDue(clock.now(), clock.awake()).forEach(this::begin);
        }
    }

    private void begin(Ticket ticket) {
        try {
            Thread.ofVirtual().name("webhook " + ticket.turn()).start(() -> send(ticket));
        } catch (OutOfMemoryError e) {
            LOG.log(Level.WARNING, "the system gives no thread to send the webhook of {0}, for now", ticket.turn());
            lanes.ended(ticket, Ending.NO_CALL, later(), clock.now());
        }
    }

    private void send(Ticket ticket) {
        threads.add(Thread.currentThread());
        // Either this sees that the sender was closed, or who closes it sees this thread.
        if (!closed) {
            deliver(ticket);
        }
        threads.remove(Thread.currentThread());
        sweep();
    }

    /** Not the schedule's: what the server itself lacks is not counted, and a receiver must not pay for a full disk. */
    private Instant later() {
        return clock.now().plus(Duration.ofMinutes(1));
    }

    private void deliver(Ticket ticket) {
        Ending ending = Ending.NO_CALL;
        Instant next = null;
        try {
            DeliveryAttempt.Result result = attempt.run(ticket.turn(), ticket.begun());
            ending = result.ending();
            next = result.next();
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the webhook of {0} waits for the next start", ticket.turn());
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the webhook of {0} could not be tried: {1}", ticket.turn(), e);
            next = later();
        }
        lanes.ended(ticket, ending, next, clock.now());
    }

    /** Looks into the folder, on a thread of its own, whether another process asks for something. */
    private void lookForRequests() {
        if (!closed && looking.compareAndSet(false, true)) {
            try {
                Thread.ofVirtual().name("webhook requests").start(this::grantRequests);
            } catch (OutOfMemoryError e) {
                // No thread is to be had now: perhaps next time.
                looking.set(false);
            }
        }
    }

    /** For one thread at a time. */
    void grantRequests() {
        try {
            grant(outbox.retryRequests());
            failures.worked();
        } catch (IOException | RuntimeException | Error e) {
            failures.failed(e);
        } finally {
            looking.set(false);
        }
    }

    /** One that cannot be granted, as for a damaged entry, holds up none of the others; it is told at the end. */
    private void grant(List<String> turns) throws IOException {
        IOException refused = null;
        for (String turn : turns) {
            try {
                retry(turn);
            } catch (IOException | RuntimeException e) {
                refused = new IOException("that of " + turn + " is not granted: " + e, e);
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    /**
     * Neither may a try begin while its entry is made due, which would bring back what that try delivered, nor an entry be
     * made due while a try ends, which would take the request back unseen: it waits.
     */
    private void retry(String turn) throws IOException {
        Ticket waiting = lanes.withdraw(turn);
        if (lanes.isSending(turn)) {
            return;
        }
        lanes.forgiveAll();
        try {
            outbox.retry(turn);
        } catch (IOException | RuntimeException e) {
            if (waiting != null) {
                lanes.add(waiting);
            }
            throw e;
        }
    }

    /**
     * Begins nothing any more, gives running calls at most {@code 3 s} to end, and ends the rest: those stay due. Blocks
     * until none runs.
     */
    @Override
    public void close() {
        closed = true;
        long end = System.nanoTime() + LAST_WAIT.toNanos();
        try {
            for (Thread thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    thread.interrupt();
                    thread.join();
                }
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }
}
