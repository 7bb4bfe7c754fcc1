package offload;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import offload.cli.OffloadCommand;
import offload.engine.Engine;
import offload.http.HttpNumbers;
import offload.metrics.Family;
import offload.metrics.Reading;
import offload.webhook.WebhookCounts;
import offload.webhook.WebhookOutbox;

/** All numbers of a server, as Prometheus is shown them. */
final class ServerNumbers {
    private ServerNumbers() {}

    static List<Family> all(Engine engine, HttpNumbers http, WebhookCounts webhooks, WebhookOutbox outbox) {
        List<Family> all = new ArrayList<>(engine.families());
        all.add(Reading.gauge("offload_turns_active", "Turns that run here now.", engine::running));
        all.addAll(http.families());
        all.addAll(ofWebhooks(webhooks, outbox));
        all.add(Reading.gauge(
                "offload_data_free_bytes", "Bytes that are free for the data folder.", engine.health()::freeBytes));
        all.add(Reading.gauge(
                "offload_ready",
                "Whether work is taken: the data folder was just written, synced and read and has room, and nothing drains.",
                () -> engine.health().look().isGood() && !engine.isDraining() ? 1 : 0));
        all.add(new Reading(
                "offload_build_info",
                "The version that runs; always 1.",
                "gauge",
                "{version=\"" + OffloadCommand.version() + "\",java=\"" + Runtime.version() + "\"}",
                () -> 1));
        double started = ProcessHandle.current()
                        .info()
                        .startInstant()
                        .orElseGet(Instant::now)
                        .toEpochMilli()
                / 1000.0;
        all.add(Reading.gauge(
                "process_start_time_seconds", "When the process was started, in seconds since 1970.", () -> started));
        return all;
    }

    private static List<Family> ofWebhooks(WebhookCounts counts, WebhookOutbox outbox) {
        return List.of(
                Reading.counter("offload_webhook_attempts_total", "Tries to deliver webhooks.", counts::attempts),
                Reading.counter("offload_webhooks_delivered_total", "Webhooks that were taken.", counts::delivered),
                Reading.counter("offload_webhooks_stopped_total", "Webhooks answered with 410.", counts::stopped),
                Reading.counter("offload_webhooks_dead_total", "Webhooks given up after the last try.", counts::dead),
                Reading.gauge("offload_webhooks_pending", "Webhooks that are due or wait for a try.", () -> {
                    try {
                        return outbox.pending();
                    } catch (IOException e) {
                        return Double.NaN;
                    }
                }));
    }
}
