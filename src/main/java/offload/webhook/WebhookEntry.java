package offload.webhook;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import offload.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A webhook on its way: what stands in its file in the outbox.
 *
 * @param turn the turn's marker, which names the file
 * @param id the {@code webhook-id}, the same for all tries
 * @param url the URL as the caller gave it, user info and query included: the file is for the server's user only
 * @param files where the turn's status is read and the record of tries is written
 * @param due when to try next; null while the turn still runs, and for a dead letter
 * @param tries all tries so far, oldest first, at most the last {@value #KEPT_TRIES}
 */
record WebhookEntry(
        String turn,
        String id,
        String url,
        Files files,
        @Nullable Due due,
        List<WebhookTry> tries) {
    private static final int KEPT_TRIES = 40;

    /**
     * Files of the turn, relative to the outbox folder, so that the data folder may be moved, or mounted elsewhere by
     * the node that takes this entry over.
     *
     * @param status the final status; null while the turn still runs
     */
    record Files(String record, @Nullable String status) {}

    /**
     * @param begun when the first try of this round was due
     * @param at when the next one is
     * @param tries how many there were in this round
     */
    record Due(Instant begun, Instant at, int tries) {
        /**
         * How much of the round's day was used up at {@code now}, as far as somebody had it to send: not while it was due and no
         * server ran, and not by what the clock was set by meanwhile.
         */
        Duration usedBy(Instant now) {
            Instant last = now.isBefore(at) ? now : at;
            return last.isBefore(begun) ? Duration.ZERO : Duration.between(begun, last);
        }

        /** When the next try is due; at once where none can be planned for so late, as by a clock that was ahead. */
        Instant soonest(Instant now) {
            boolean plannedElsewhen = at.isAfter(now.plus(tries == 0 ? Duration.ZERO : RetrySchedule.DAY));
            return plannedElsewhen ? now : at;
        }
    }

    /** The entry of a turn that has just become final, or of a dead letter that is tried again: due at once. */
    WebhookEntry dueNow(String status, Instant now) {
        return new WebhookEntry(turn, id, url, new Files(files.record, status), new Due(now, now, 0), tries);
    }

    /** The entry after one more try, due again as {@code again} says; null makes it a dead letter. */
    WebhookEntry after(WebhookTry last, @Nullable Due again) {
        List<WebhookTry> all = new ArrayList<>(tries.subList(Math.max(0, tries.size() + 1 - KEPT_TRIES), tries.size()));
        all.add(last);
        return new WebhookEntry(turn, id, url, files, again, List.copyOf(all));
    }

    JsonObject toJson() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("turn", turn)
                .add("webhook_id", id)
                .add("url", url)
                .add("record", files.record);
        if (files.status != null) {
            json.add("status", files.status);
        }
        if (due != null) {
            json.add("begun_at", due.begun.toString())
                    .add("due_at", due.at.toString())
                    .add("round_tries", due.tries);
        }
        return json.add("tries", triesAsJson()).build();
    }

    JsonArrayBuilder triesAsJson() {
        JsonArrayBuilder array = Json.createArrayBuilder();
        tries.forEach(one -> array.add(one.toJson()));
        return array;
    }

    /** Reads what {@link #toJson()} gave; throws some RuntimeException at anything else. */
    static WebhookEntry fromJson(JsonObject json) {
        Due due = json.containsKey("due_at")
                ? new Due(
                        Instant.parse(json.getString("begun_at")),
                        Instant.parse(json.getString("due_at")),
                        json.getInt("round_tries"))
                : null;
        return new WebhookEntry(
                json.getString("turn"),
                json.getString("webhook_id"),
                json.getString("url"),
                new Files(json.getString("record"), json.getString("status", null)),
                due,
                json.getJsonArray("tries").getValuesAs(JsonObject.class).stream()
                        .map(WebhookTry::fromJson)
                        .toList());
    }
}
