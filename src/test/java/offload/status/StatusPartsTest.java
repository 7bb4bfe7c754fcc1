package offload.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import offload.json.JsonFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
