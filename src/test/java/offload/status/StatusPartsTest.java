package offload.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import offload.json.JsonFault;
import offload.json.JsonSource;
import offload.turn.TurnKind;
import offload.turn.TurnState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPartsTest {
    private static final String STATUS = "{\"status\":\"streaming\",\"created_at\":1,\"conversation_id\":\"c\","
            + "\"endpoints\":{\"status_url\":\"/1/r/c.json\"},\"request\":{\"request_at\":1.5},"
            + "\"options\":{},\"parameters\":{\"messages\":[]},\"response\":{\"body\":null}}";

    @Test
    void a_status_is_taken_apart() throws Exception {
        assertEquals(
                "/1/r/c.json",
                StatusParts.parse(STATUS.getBytes(UTF_8)).document().statusUrl());
    }

    @Test
    void a_status_that_breaks_off_anywhere_is_none() {
        for (int end = 0; end < STATUS.length(); end++) {
            byte[] broken = STATUS.substring(0, end).getBytes(UTF_8);
            assertThrows(JsonFault.class, () -> StatusParts.parse(broken));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "null", "\0\0\0\0", "{\"endpoints\":{\"status_url\":\"x\"}}", "{\"endpoints\":7}"})
    void what_is_no_status_is_none(String text) {
        assertThrows(JsonFault.class, () -> StatusParts.parse(text.getBytes(UTF_8)));
    }

    /** Else a turn that another server finishes, or that another goes on from, is not the one that was asked for. */
    @ParameterizedTest
    @EnumSource(TurnKind.class)
    void a_status_has_all_that_another_server_needs_to_finish_its_turn(TurnKind kind) throws Exception {
        StatusDocument document = new StatusDocument(
                kind,
                1_772_409_598,
                "mine \"quoted\"",
                "https://h/1/r/b.json",
                "https://h/1/r/a.json",
                "{\"timeout\":90,\"webhook_url\":\"https://w/\"}",
                JsonSource.of("{\"model\":\"m\",\"messages\":[{\"content\":\"\u00e4\"}],\"n\":3,\"seed\":1e400}"));
        TurnTimes times = new TurnTimes(1_772_409_598_000L, 1_772_409_598_250L, null, null);
        ResponseFacts response = ResponseFacts.of(404, "HTTP/1.1", Map.of("x-request-id", "r"));
        TurnProgress progress =
                new TurnProgress(new TurnState.Waiting(), times, response, JsonSource.of("{\"error\":7}"), 12, null);
        byte[] status = StatusText.render(document, progress).bytes();
        StatusParts parts = StatusParts.parse(status);
        assertEquals(times, parts.times());
        assertEquals(response, parts.response());
        assertEquals("[{\"content\":\"\u00e4\"}]", parts.messagesJson());
        assertEquals(3, parts.choices());
        assertEquals("{\"error\":7}", parts.body());
        assertArrayEquals(status, StatusText.render(parts.document(), progress).bytes());
    }
}
