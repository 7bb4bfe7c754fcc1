package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import offload.disk.Folders;
import offload.json.Json;
import offload.json.JsonSource;
import offload.status.ResponseFacts;
import offload.status.StatusParts;
import offload.turn.TurnError;
import offload.turn.TurnKind;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Last writes that fail: what is told of the turn by then, and what recovery is left. */
class PutOffTest {
    @TempDir
    Path folder;

    /** Else a status says done, and a power cut leaves less than it tells. */
    @ParameterizedTest
    @EnumSource(TurnKind.class)
    void an_end_that_cannot_be_forced_to_the_device_is_told_to_nobody_and_left_as_a_storage_error(TurnKind kind)
            throws Exception {
        try (OpenTurn open = OpenTurn.in(folder, kind)) {
            String running = Files.readString(open.files().status());
            failSync(open);
            lastWrites(open).write(open.turn(), new TurnState.Completed(), null);
            assertLeft(open, StorageFailure.NOT_SYNCED, null);
            assertEquals(running, Files.readString(open.files().status()));
            assertFalse(Files.exists(open.files().raw()));
            assertTrue(open.turn().log().isBrokenOff());
            assertEquals(0, open.turn().log().published());
            Path drafts = open.node().draft().getParent();
            assertEquals(List.of(), Folders.list(drafts), "what was prepared and is of no use");
        }
    }

    /** An error record has words only: with nothing else a repeat seems to be in vain, or to be worth it, and is not. */
    @Test
    void what_the_upstream_refused_a_call_with_is_in_the_status_before_the_log_gets_its_end() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.turn().responded(ResponseFacts.of(429, "HTTP/1.1", Map.of()));
            open.turn().log().close();
            lastWrites(open).write(open.turn(), failed(429), null);
            String noted = Files.readString(open.files().status());
            assertTrue(noted.startsWith("{\"status\":\"waiting\"") && noted.contains("\"status_code\":429"), noted);
        }
    }

    /** As on a device that takes nothing for a while: neither log nor status has them, and the upstream tells them once. */
    @Test
    void what_the_upstream_told_once_is_in_the_status_that_comes_later() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            StatusParts before = StatusParts.parse(open.turn().status().bytes());
            open.turn().responded(ResponseFacts.of(200, "HTTP/1.1", Map.of("x-request-id", "r1")));
            byte[] usage = "{\"id\":\"c1\",\"choices\":[],\"usage\":{\"total_tokens\":7}}".getBytes(UTF_8);
            open.turn().answer().add(usage, 0, usage.length);
            open.turn().leaveUpstream();
            JsonObject told = request(open.turn().status().bytes());
            open.turn().log().close();
            LastWrites last = lastWrites(open);
            last.write(open.turn(), new TurnState.Completed(), null);
            new LeftTurn(open.path(), open.files(), open.node(), last).finish(before, left(open));
            byte[] status = Files.readAllBytes(open.files().status());
            JsonObject response = Json.object(status).getJsonObject("response");
            assertEquals(200, response.getInt("status_code"));
            assertEquals("r1", response.getJsonObject("headers").getString("x-request-id"));
            JsonObject body = response.getJsonObject("body");
            assertEquals(7, body.getJsonObject("usage").getInt("total_tokens"));
            assertEquals("c1", body.getString("id"));
            for (String time :
                    List.of("request_at", "first_byte_at", "finished_at", "first_byte_time", "request_time")) {
                assertEquals(told.get(time), request(status).get(time), time);
            }
        }
    }

    private static JsonObject request(byte[] status) throws Exception {
        return Json.object(status).getJsonObject("request");
    }

    /** Else who is told of the body's URL finds nothing there. */
    @Test
    void an_async_turn_whose_body_cannot_get_its_name_is_not_done() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder, TurnKind.ASYNC)) {
            String running = Files.readString(open.files().status());
            Files.createDirectories(open.files().raw().resolve("odd"));
            lastWrites(open).write(open.turn(), new TurnState.Completed(), null);
            assertEquals(running, Files.readString(open.files().status()));
            assertLeft(open, new TurnState.Completed(), null);
        }
    }

    @Test
    void a_turn_that_had_failed_before_its_end_could_not_be_forced_to_the_device_keeps_its_error() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            failSync(open);
            TurnState failed = failed(404);
            JsonSource said = JsonSource.of("{\"error\":\"no such model\"}");
            lastWrites(open).write(open.turn(), failed, said);
            assertLeft(open, failed, said);
        }
    }

    /** A status that was due when the turn ended may come after recovery's, which is the last one. */
    @Test
    void a_running_status_does_not_take_the_place_of_the_one_that_recovery_wrote() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.turn().log().close();
            lastWrites(open).write(open.turn(), new TurnState.Completed(), null);
            assertLeft(open, new TurnState.Completed(), null);
            String last = "{\"status\":\"done\"}";
            Files.writeString(open.files().status(), last);
            open.turn().statusFile().replace(JsonSource.of("{\"status\":\"streaming\"}"));
            assertEquals(last, Files.readString(open.files().status()));
        }
    }

    private static TurnState failed(int status) {
        return new TurnState.Failed(new TurnError(TurnError.UPSTREAM_ERROR, "refused", "any_error", false, status));
    }

    /** The first failed sync is final for a log: its next one fails, too. */
    private static void failSync(OpenTurn open) {
        Path gone = open.node().draft();
        assertThrows(IOException.class, () -> open.turn().log().syncAll(gone));
    }

    private static LastWrites lastWrites(OpenTurn open) throws IOException {
        WebhookOutbox webhooks = new WebhookOutbox(open.node().webhooks(), InstantSource.system());
        return new LastWrites(open.node(), open.turns(), webhooks, true);
    }

    private static void assertLeft(OpenTurn open, TurnState state, @Nullable JsonSource errorBody) {
        Unfinished left = left(open);
        assertEquals(state, left.state());
        assertEquals(errorBody, left.errorBody());
    }

    private static Unfinished left(OpenTurn open) {
        return Objects.requireNonNull(open.turns().unfinished().get(open.path()));
    }
}
