package offload.webhook;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import offload.webhook.Lanes.Ending;
import offload.webhook.call.WebhookAnswer;
import offload.webhook.call.WebhookPost;
import offload.webhook.call.WebhookPost.Message;
import org.jspecify.annotations.Nullable;

/**
 * One try to deliver one webhook, from its file in the outbox to its record beside the turn. Blocks the calling virtual
 * thread. What a crash leaves behind: before the answer is recorded, an entry that is still due, so that the receiver
 * gets it again under the same id.
 */
final class DeliveryAttempt {
    private static final Logger LOG = System.getLogger(DeliveryAttempt.class.getName());

    private final WebhookOutbox outbox;
    private final WebhookPost post;
    private final RetrySchedule schedule;
    private final SteadyClock clock;
    private final WebhookCounts counts;

    DeliveryAttempt(
            WebhookOutbox outbox, WebhookPost post, RetrySchedule schedule, SteadyClock clock, WebhookCounts counts) {
        this.outbox = outbox;
        this.post = post;
        this.schedule = schedule;
        this.clock = clock;
        this.counts = counts;
    }

    /**
     * What came of it.
     *
     * @param next when the webhook is due again, by the steady clock; null if that is all
     */
    record Result(Ending ending, @Nullable Instant next) {
        static final Result NOTHING_TO_SEND = new Result(Ending.NO_CALL, null);
    }

    /**
     * Sends the webhook of {@code turn}, if it still waits and its turn still stands.
     *
     * @param begun when its round began, by {@link SteadyClock#awake}
     * @throws InterruptedException if the server ends; the webhook stays due
     */
    Result run(String turn, Instant begun) throws IOException, InterruptedException {
        WebhookEntry entry = outbox.find(turn);
        if (entry == null) {
            return Result.NOTHING_TO_SEND;
        }
        Instant at = clock.wall().instant();
        long start = System.nanoTime();
        WebhookAnswer answer;
        try {
            answer = post.send(
                    new Message(
                            entry.id(),
                            entry.url(),
                            statusOf(entry),
                            entry.tries().size()),
                    at);
        } catch (NoSuchFileException e) {
            LOG.log(Level.INFO, "the webhook of {0} is dropped: the conversation was removed", turn);
            outbox.discard(turn);
            return Result.NOTHING_TO_SEND;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Instant next = settle(entry, begun, answer, at, took);
        return new Result(answer.isAnswer() ? Ending.ANSWERED : Ending.UNANSWERED, next);
    }

    private @Nullable Instant settle(WebhookEntry entry, Instant begun, WebhookAnswer answer, Instant at, Duration took)
            throws IOException {
        boolean over = answer.isSuccess() || answer.isGone();
        WebhookEntry.Due due = over ? null : nextTry(entry, begun, answer);
        Instant next = due == null ? null : due.at();
        Instant steadyNext = next == null ? null : clock.of(next);
        String cut = answer.isSuccess() ? null : answer.cut();
        WebhookEntry after = entry.after(new WebhookTry(at, took, answer.status(), answer.error(), cut, next), due);
        WebhookRecord.State state = answer.isSuccess()
                ? WebhookRecord.State.DELIVERED
                : answer.isGone()
                        ? WebhookRecord.State.STOPPED
                        : next == null ? WebhookRecord.State.DEAD : WebhookRecord.State.PENDING;
        counts.tried(state);
        if (next != null) {
            // The outbox first: a crash in between must not forget the try.
            outbox.save(after);
        }
        record(after, state);
        // And here last: a crash in between repeats the try, but does not lose its record.
        if (over) {
            outbox.discard(entry.turn());
        } else if (next == null) {
            outbox.bury(after);
        }
        return steadyNext;
    }

    /** In the words of the wall clock as it is set now, for whoever goes on after a restart. */
    private WebhookEntry.@Nullable Due nextTry(WebhookEntry entry, Instant begun, WebhookAnswer answer) {
        int tries =
                Objects.requireNonNull(entry.due(), "only what is due is sent").tries() + 1;
        Instant now = clock.wall().instant();
        Instant begunByWall = now.minus(Duration.between(begun, clock.awake()));
        Instant next = schedule.next(tries, begunByWall, now, RetryAfter.parse(answer.retryAfter(), now));
        return next == null ? null : new WebhookEntry.Due(begunByWall, next, tries);
    }

    private Path statusOf(WebhookEntry entry) {
        return outbox.resolve(Objects.requireNonNull(entry.files().status(), "what is due has a status"));
    }

    private void record(WebhookEntry entry, WebhookRecord.State state) {
        try {
            Path file = outbox.resolve(entry.files().record());
            WebhookRecord.write(file, outbox.recordDraft(entry.turn()), statusOf(entry), entry, state);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the webhook tries of {0} are not recorded: {1}", entry.turn(), e);
        }
    }
}
