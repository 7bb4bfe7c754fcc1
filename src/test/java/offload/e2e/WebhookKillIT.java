package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import offload.e2e.WebhookReceiver.Delivery;
import offload.testing.Script;
import offload.testing.ServerProcess;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed at each step of a webhook's life: none is lost, and what arrives twice arrives under the same id.
 * {@code -Doffload.webhook.kills=1000} makes the last test as long as one likes.
 */
class WebhookKillIT {
    private static final int KILLS = Integer.getInteger("offload.webhook.kills", 5);

    @TempDir
    private Path folder;

    private WebhookBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new WebhookBench(folder);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void killed_while_the_turn_runs() throws Exception {
        bench.upstream().then(Script.silence());
        ServerProcess server = bench.start();
        String url = bench.submit(server, "/in");
        bench.upstream().request(0);
        server.kill();
        bench.start();
        Delivery delivery = bench.delivered(url);
        assertEquals("interrupted", delivery.status().getJsonObject("error").getString("code"));
        assertEquals(1, bench.deliveriesOf(url).size());
    }

    @Test
    void killed_while_the_turn_runs_beside_a_living_server() throws Exception {
        bench.upstream().then(Script.silence());
        ServerProcess doomed = bench.start();
        bench.start();
        String url = bench.submit(doomed, "/in");
        bench.upstream().request(0);
        doomed.kill();
        assertEquals("error", bench.delivered(url).status().getString("status"));
    }

    @Test
    void killed_while_the_receiver_thinks() throws Exception {
        bench.receiver().then(Script.silence());
        ServerProcess server = bench.start();
        String url = bench.submit(server, "/in");
        Delivery first = bench.receiver().delivery(0);
        server.kill();
        bench.start();
        Delivery second = bench.receiver().delivery(1);
        assertEquals(first.id(), second.id());
        assertEquals(first.statusText(), second.statusText());
        assertEquals("done", bench.delivered(url).status().getString("status"));
    }

    @Test
    void killed_between_two_tries() throws Exception {
        bench.receiver().then(Script.answer("503 Later", "text/plain", "later"));
        ServerProcess server = bench.start();
        String url = bench.submit(server, "/in");
        bench.until(url, "pending");
        server.kill();
        bench.start();
        bench.delivered(url);
        assertEquals(2, bench.deliveriesOf(url).size());
        assertEquals(2, bench.record(url).getJsonArray("attempts").size());
    }

    @Test
    void killed_after_the_delivery() throws Exception {
        ServerProcess server = bench.start();
        String url = bench.submit(server, "/in");
        bench.delivered(url);
        Until.holds("the outbox is empty", () -> bench.outboxFiles().isEmpty());
        server.kill();
        bench.delivered(bench.submit(bench.start(), "/later"));
        assertEquals(1, bench.deliveriesOf(url).size());
    }

    @Test
    void killed_at_any_moment() throws Exception {
        long seed = Long.getLong("offload.webhook.seed", 20261123);
        Random random = new Random(seed);
        ServerProcess server = bench.start();
        bench.delivered(bench.submit(server, "/warm-up"));
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> answered = new ArrayList<>();
            Thread killer = killAfter(server, random.nextInt(60_000));
            try {
                for (int i = 0; i < 200; i++) {
                    answered.add(bench.submit(server, "/in"));
                }
            } catch (IOException | UncheckedIOException e) {
                assertTrue(killer.join(Duration.ofSeconds(10)), "the server refused although it was not killed");
            }
            killer.join();
            server = bench.start();
            for (String url : answered) {
                bench.delivered(url);
                List<Delivery> all = bench.deliveriesOf(url);
                assertEquals(1, all.stream().map(Delivery::id).distinct().count(), url);
                assertEquals(
                        1, all.stream().map(Delivery::statusText).distinct().count(), url);
            }
        }
    }

    private static Thread killAfter(ServerProcess server, int micros) {
        return Thread.ofPlatform().start(() -> {
            try {
                if (!new CountDownLatch(1).await(micros, TimeUnit.MICROSECONDS)) {
                    server.kill();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
