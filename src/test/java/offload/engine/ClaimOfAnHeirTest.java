package offload.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import offload.engine.execution.Execution;
import offload.engine.execution.NoUpstream;
import offload.engine.execution.OpenTurn;
import offload.files.StatusFile;
import offload.files.SyncPolicy;
import offload.webhook.WebhookOutbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server claimed what a dead one left, and died over it: both are claimed by a third one. */
class ClaimOfAnHeirTest {
    private static final String FIRST = "{\"status\":\"waiting\"}\n";

    @TempDir
    Path folder;

    /** Else nobody knows of it any more, and it seems to run for ever. */
    @Test
    void of_a_turn_that_cannot_be_finished_yet_its_marker_stays_until_it_can() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Path heir = open.node().claims().resolve("heir");
            Path active = Files.createDirectories(heir.resolve("claims/dead/active"));
            Path marker = Files.writeString(active.resolve(open.path().marker()), FIRST);
            Path events = open.files().events();
            Files.delete(events);
            Files.createDirectory(events);
            Recovery recovery = recovery(open);
            recovery.round();
            assertFalse(StatusFile.isFinal(open.files().status()));
            assertTrue(Files.exists(marker));
            Files.delete(events);
            recovery.round();
            assertTrue(StatusFile.isFinal(open.files().status()));
            assertFalse(Files.exists(heir));
        }
    }

    private static Recovery recovery(OpenTurn open) throws Exception {
        WebhookOutbox webhooks = new WebhookOutbox(open.node().webhooks(), InstantSource.system());
        Execution execution =
                new Execution(open.data(), open.node(), open.turns(), new NoUpstream(), webhooks, SyncPolicy.NEVER);
        return new Recovery(open.data(), open.node(), open.turns(), webhooks, execution, new DocumentMemory(2));
    }
}
