package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import offload.address.AddressGuard;
import offload.address.WebhookUrl;
import offload.engine.execution.NoUpstream;
import offload.engine.idempotency.Idempotency;
import offload.files.DataFolder;
import offload.files.DataSettings;
import offload.files.NodeFolder;
import offload.files.SyncPolicy;
import offload.json.Json;
import offload.sweep.Sweeper;
import offload.testing.Until;
import offload.turn.Access;
import offload.turn.RequestLimits;
import offload.turn.TurnPath;
import offload.turn.TurnTokens;
import offload.webhook.WebhookOutbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes round by itself, and what is done last of all. */
class EngineTest {
    private static final TurnPath OLD = new TurnPath(Access.PUBLIC, 1_000_000_000, "t");

    @TempDir
    private Path folder;

    private final TurnTokens tokens = new TurnTokens(new byte[32]);
    private DataFolder data;
    private NodeFolder node;
    private WebhookOutbox webhooks;

    @BeforeEach
    void open() throws IOException {
        data = new DataFolder(folder);
        node = NodeFolder.create(data);
        webhooks = new WebhookOutbox(node.webhooks(), InstantSource.system());
    }

    private Engine engine() throws IOException {
        RequestLimits limits = new RequestLimits("gpt-3.5-turbo", 90, 90);
        DataSettings settings = new DataSettings(folder, SyncPolicy.NEVER, Duration.ofSeconds(1), 0, 1);
        return new Engine(
                new EngineSettings(limits, 10, Duration.ZERO),
                new Engine.Ground(data, node, settings, tokens),
                new Engine.Partners(new NoUpstream(), List.of(), webhooks, WebhookUrl::read));
    }

    /** Else they stay for ever: nobody looks at them again. */
    @Test
    void what_nobody_can_ask_for_any_more_goes_by_itself() throws Exception {
        Path day = Files.createDirectories(data.files(OLD).folder());
        Path letter = deadLetter();
        Path name = file(folder.resolve(".offload/deleted").resolve(OLD.marker()));
        Path answer = file(data.idempotency().resolve("answer"));
        Files.setLastModifiedTime(answer, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        try (Sweeper sweeper = new Sweeper();
                Engine engine = engine()) {
            engine.start(sweeper);
            for (Path file : List.of(day, letter, name, answer)) {
                Until.holds(file + " is gone", () -> !Files.exists(file));
            }
        }
    }

    private static Path file(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    /** Of a turn that is gone, status and all. */
    private Path deadLetter() throws Exception {
        webhooks.prepare(
                OLD.marker(),
                WebhookUrl.parse("https://example.com/hook", new AddressGuard(List.of())),
                data.files(OLD).webhook());
        assertTrue(webhooks.release(OLD.marker(), data.files(OLD).status()));
        String file = OLD.marker() + ".json";
        return Files.move(node.webhooks().resolve(file), node.webhooks().resolve("dead/" + file));
    }

    /** Else who asks again after a restart starts another turn, which is paid for as well. */
    @Test
    void an_answer_to_be_repeated_that_could_not_be_kept_is_kept_before_the_server_ends() throws Exception {
        Path drafts = node.draft().getParent();
        JsonObject first = Json.createObjectBuilder().add("run", 1).build();
        try (Engine engine = engine()) {
            engine.idempotency().once("owner", "key", "body", keep -> {
                Files.delete(drafts);
                keep.answer(first);
            });
            Files.createDirectory(drafts);
        }
        try (NodeFolder next = NodeFolder.create(data)) {
            Idempotency later = new Idempotency(data, next, tokens, false);
            assertEquals(first, later.once("owner", "key", "body", _ -> {
                throw new AssertionError("it is done already");
            }));
        }
    }
}
