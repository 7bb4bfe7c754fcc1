package offload.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for JSON, and what is kept of it. */
class JsonSyntaxTest {

    /** Of bytes that are written as Latin-1. */
    private static List<JsonMember> members(String latin1) throws JsonFault {
        return Json.members(latin1.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "10",
                "-12.50",
                "1e5",
                "1E+5",
                "0.5e-10",
                "true",
                "false",
                "null",
                "\"\"",
                "\"a b~\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\\uabCD\"",
                "\"\u0080\uffff\"",
                "{}",
                "[]",
                "{\"a\":{\"b\":[1,{\"c\":[]}]}}",
                "[1,[2,[3]],\"4\"]"
            })
    void what_is_json_is_kept_as_it_was_written(String json) throws Exception {
        String spaced = " \r\n\t{ \"a\" :\t" + json + " , \"b\" : 1 } \n";
        assertEquals(
                List.of(new JsonMember("a", json), new JsonMember("b", "1")), Json.members(spaced.getBytes(UTF_8)));
        assertEquals(List.of(json, json), Json.elements("[ " + json + " ," + json + "]"));
        assertEquals(
                Json.value(json),
                Json.object(("{\"a\":" + json + "}").getBytes(UTF_8)).get("a"));
        byte[] within = ('x' + json + 'x').getBytes(UTF_8);
        assertEquals(Json.value(json), Json.value(within, 1, within.length - 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "-",
                "+1",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x1",
                "1 2",
                "tru",
                "True",
                "nul",
                "NaN",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\",
                "\"\\u123",
                "\"a\nb\"",
                "\"\u001f\"",
                "\"\u0080\"",
                "\"\u00c0\u00af\"",
                "\"\u00c1\u00bf\"",
                "\"\u00e0\u009f\u00bf\"",
                "\"\u00f0\u008f\u00bf\u00bf\"",
                "\"\u00ed\u00a0\u0080\"",
                "\"\u00f4\u0090\u0080\u0080\"",
                "\"\u00f5\u0080\u0080\u0080\"",
                "\"\u00c3\"",
                "\"\u00e2\u0082\"",
                "\"\u00f0\u009f\u0098\"",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1",
                "{\"a\":1,}",
                "{\"a\"}",
                "{a:1}",
                "{\"a\":}",
                "{\"a\" 1}",
                "{1:1}",
                "]",
                "}"
            })
    void what_is_no_json_is_refused_wherever_it_stands(String other) {
        assertThrows(JsonFault.class, () -> members("{\"a\":" + other + "}"));
        assertThrows(JsonFault.class, () -> members("{\"a\":[{\"b\":" + other + "}]}"));
        assertThrows(JsonFault.class, () -> members("{\"a\":" + other));
        byte[] alone = other.getBytes(ISO_8859_1);
        assertThrows(JsonFault.class, () -> Json.value(alone, 0, alone.length));
    }

    @Test
    void nothing_but_white_space_stands_around_it_and_one_mark_before() throws Exception {
        assertEquals(List.of(new JsonMember("a", "1")), members("\u00ef\u00bb\u00bf{\"a\":1}"));
        for (String bad : List.of("\u00ef\u00bb\u00bf\u00ef\u00bb\u00bf{}", "{}{}", "{},", "{}\0", "\u000b{}", "[]")) {
            assertThrows(JsonFault.class, () -> members(bad), bad);
        }
        for (String bad : List.of("[1],[2]", "[1][2]", "[1],", "[1]]")) {
            assertThrows(JsonFault.class, () -> Json.elements(bad), bad);
            assertThrows(JsonFault.class, () -> Json.value(bad), bad);
        }
    }

    @Test
    void of_a_name_that_is_repeated_or_spelled_in_another_way_the_last_value_counts() throws Exception {
        assertEquals(
                List.of(new JsonMember("a", "3"), new JsonMember("b", "2"), new JsonMember("/", "5")),
                members("{\"a\":1,\"b\":2,\"\\u0061\":3,\"/\":4,\"\\/\":5}"));
    }

    @Test
    void depth_has_a_limit_and_what_stands_side_by_side_is_not_deep() throws Exception {
        int inner = JsonCursor.MAX_DEPTH - 1;
        String deepest = "[".repeat(inner) + "]".repeat(inner);
        String wide = "[" + "[],{},".repeat(1_000) + "0]";
        assertEquals(1, members("{\"a\":" + deepest + "}").size());
        assertEquals(1, members("{\"a\":" + wide + "}").size());
        assertThrows(JsonFault.class, () -> members("{\"a\":[" + deepest + "]}"));
        assertEquals(
                1,
                Json.ownMembers(("{\"a\":[" + deepest + "]}").getBytes(UTF_8)).size());
    }

    @Test
    void a_reader_that_stopped_in_the_middle_begins_anew() throws Exception {
        JsonCursor cursor = new JsonCursor();
        byte[] text = "[[1],2]".getBytes(UTF_8);
        for (int i = 0; i <= JsonCursor.MAX_DEPTH; i++) {
            cursor.reset(text, 0, text.length).beginArray();
            cursor.value();
        }
        cursor.reset(text, 0, text.length).value();
        assertEquals(4, cursor.values());
    }

    @Test
    void every_character_is_valid_and_every_text_is_the_same_once_quoted_and_read() throws Exception {
        for (int code = 0; code <= Character.MAX_CODE_POINT; code++) {
            if (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(code).getBytes(UTF_8);
                assertEquals(bytes.length, Utf8.length(bytes, 0, bytes.length), Integer.toHexString(code));
            }
        }
        StringBuilder all = new StringBuilder("\ud83d\ude00\ud83d\udbff\udfff\ude00\ud83d");
        for (char c = 0; c < 0x300; c++) {
            all.append(c);
        }
        String text = all.toString();
        assertEquals(text, ((JsonString) Json.value(Json.quote(text))).getString());
    }
}
