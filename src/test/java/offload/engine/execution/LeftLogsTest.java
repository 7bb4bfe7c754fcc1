package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import offload.eventlog.RecordBatch;
import offload.json.Json;
import offload.status.StatusParts;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the log of a turn proves that a dead server left, and what becomes of it. */
class LeftLogsTest {
    private static final Map<Character, String> RECORDS = Map.of(
            't', "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}",
            'f', "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
            'e', "{\"error\":{\"message\":\"too long\",\"type\":\"server_error\",\"code\":\"upstream_error\"}}",
            'd', "[DONE]");

    @TempDir
    Path folder;

    /** {@code log} has a letter for each record: a token, a finish reason, an error, or the end. */
    @ParameterizedTest
    @CsvSource({
        "'', false, failed, interrupted, ed",
        "t, false, failed, interrupted, ted",
        "tf, false, completed, , tfd",
        "td, false, completed, , td",
        "tfd, false, completed, , tfd",
        "te, false, failed, upstream_error, ted",
        "ted, false, failed, upstream_error, ted",
        "t, true, cancelled, , td",
        "tf, true, cancelled, , tfd",
        "td, true, cancelled, , td",
        "te, true, failed, upstream_error, ted",
    })
    void a_left_turn_ends_as_its_log_proves_and_with_one_end(
            String log, boolean stopFile, String state, @Nullable String code, String end) throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            append(open, log);
            if (stopFile) {
                Files.createFile(open.files().stop());
            }
            JsonObject status = finished(open, "/v1/stream-chatgpt", null);
            assertEquals(state, status.getString("state"));
            assertEquals(
                    code,
                    status.containsKey("error") ? status.getJsonObject("error").getString("code") : null);
            List<String> records = records(open);
            assertEquals(end.length(), records.size());
            for (int i = 0; i < end.length(); i++) {
                String expected = Objects.requireNonNull(RECORDS.get(end.charAt(i)));
                assertTrue(records.get(i).startsWith("data: " + expected.substring(0, 6)), records.get(i));
            }
            assertTells(status.getJsonObject("events"), open.files().events());
        }
    }

    private static void assertTells(JsonObject events, Path log) throws Exception {
        byte[] bytes = Files.readAllBytes(log);
        assertEquals(bytes.length, events.getInt("offset"));
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
        assertEquals(HexFormat.of().formatHex(sum), events.getString("sha256"));
    }

    /** Where the device took a whole answer and then not its end, the error is what its readers must be told. */
    @Test
    void how_a_turn_ended_counts_before_its_log_where_that_is_known() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            append(open, "tfd");
            TurnState notSynced = StorageFailure.NOT_SYNCED;
            JsonObject status = finished(open, "/v1/stream-chatgpt", new Unfinished(notSynced, null, null));
            assertEquals("failed", status.getString("state"));
            List<String> records = records(open);
            assertEquals(4, records.size());
            assertTrue(records.get(2).startsWith("data: {\"error\":"), records.get(2));
        }
    }

    @Test
    void an_error_in_a_log_is_told_also_where_its_turn_is_known_to_have_been_stopped() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            append(open, "te");
            JsonObject status =
                    finished(open, "/v1/stream-chatgpt", new Unfinished(new TurnState.Cancelled(), null, null));
            assertEquals("failed", status.getString("state"));
            assertEquals(3, records(open).size());
        }
    }

    @ParameterizedTest
    @CsvSource({"tfd, true", "tf, true", "t, false"})
    void an_async_one_that_is_done_has_its_answer_alone_as_well(String log, boolean raw) throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            append(open, log);
            JsonObject status = finished(open, "/v1/async-chatgpt", null);
            assertEquals(raw, Files.exists(open.files().raw()));
            if (raw) {
                assertEquals(
                        status.getJsonObject("response").getJsonObject("body"),
                        Json.object(Files.readAllBytes(open.files().raw())));
            }
        }
    }

    private static void append(OpenTurn open, String log) throws Exception {
        RecordBatch batch = new RecordBatch();
        batch.begin(0);
        for (int i = 0; i < log.length(); i++) {
            byte[] record = Objects.requireNonNull(RECORDS.get(log.charAt(i))).getBytes(UTF_8);
            batch.add(record, 0, record.length);
        }
        open.turn().log().append(batch);
    }

    private static JsonObject finished(OpenTurn open, String endpoint, @Nullable Unfinished known) throws Exception {
        WebhookOutbox webhooks = new WebhookOutbox(open.node().webhooks(), InstantSource.system());
        LastWrites last = new LastWrites(open.node(), open.turns(), webhooks, false);
        String running = "{\"endpoints\":{\"status_url\":\"t.json\"},\"request\":{\"endpoint\":\"" + endpoint + "\"}}";
        new LeftTurn(open.path(), open.files(), open.node(), last)
                .finish(StatusParts.parse(running.getBytes(UTF_8)), known);
        return Json.object(Files.readAllBytes(open.files().status()));
    }

    private static List<String> records(OpenTurn open) throws Exception {
        return List.of(Files.readString(open.files().events()).split("(?<=\n\n)"));
    }
}
