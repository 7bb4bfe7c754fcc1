package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import offload.testing.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** A call as the upstream saw it. Stateless. */
final class UpstreamView {
    private UpstreamView() {}

    static void check(RecordedRequest call, Map<String, Object> expected) {
        expected.forEach((what, value) -> about(call, what, value));
    }

    private static void about(RecordedRequest call, String what, @Nullable Object value) {
        String body = call.text();
        switch (what) {
            case "line" -> assertEquals(value, call.method() + ' ' + call.target());
            case "headers" ->
                CaseFile.map(value)
                        .forEach((name, field) -> assertTrue(
                                Words.fits(field.toString(), call.header(name)), name + " is " + call.header(name)));
            case "lacks-headers" -> CaseFile.list(value).forEach(name -> assertNull(call.header(name.toString())));
            case "json" -> assertEquals(List.of(), JsonShape.differences(value, Answer.json(body)));
            case "contains" ->
                CaseFile.list(value)
                        .forEach(part -> assertTrue(
                                body.contains(part.toString()),
                                "the upstream should have got " + part + " in " + body));
            case "lacks" ->
                CaseFile.list(value)
                        .forEach(part -> assertTrue(
                                !body.contains(part.toString()), "the upstream should not have got " + part));
            case "absent" ->
                CaseFile.list(value)
                        .forEach(path -> assertNull(
                                JsonShape.at(Answer.json(body), path.toString()), path + " should not be sent on"));
            case "once" ->
                CaseFile.list(value)
                        .forEach(part -> assertEquals(
                                2,
                                body.split(java.util.regex.Pattern.quote(part.toString()), -1).length,
                                part + " once"));
            default -> throw new AssertionError("nobody knows of a call: " + what);
        }
    }
}
