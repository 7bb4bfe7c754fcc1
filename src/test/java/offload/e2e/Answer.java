package offload.e2e;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.testing.HttpHead;

/**
 * What a request got.
 *
 * @param head status line and fields
 * @param body its bytes without framing
 * @param seconds from the request's first byte to the answer's last
 */
record Answer(HttpHead head, byte[] body, double seconds) {
    private static final Pattern RECORD = Pattern.compile("data: ([^\n]*)\nid: (\\d+)\n\n");

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonValue json() {
        return json(text());
    }

    static JsonValue json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (JsonException e) {
            throw new AssertionError("this is no JSON: " + text, e);
        }
    }

    /** The data of each record of an event stream; fails where it is anything else than records and heartbeats. */
    List<String> events() {
        List<String> datas = new ArrayList<>();
        Matcher record = RECORD.matcher(records());
        int end = 0;
        while (record.find() && record.start() == end) {
            datas.add(record.group(1));
            end = record.end();
        }
        if (end != records().length()) {
            throw new AssertionError("these are no whole records: " + records().substring(end));
        }
        return datas;
    }

    /** The id of each record. */
    List<Long> ids() {
        return RECORD.matcher(records())
                .results()
                .map(r -> Long.valueOf(r.group(2)))
                .toList();
    }

    /** The event stream without its heartbeats. */
    String records() {
        return text().replaceAll("(?m)^: hb\n", "");
    }
}
