package offload.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import offload.answer.AnswerAssembler.Kind;
import offload.json.JsonFault;
import offload.json.JsonSource;
import org.junit.jupiter.api.Test;

/** Chunks become a whole answer; the quick look at plain ones and the parser say the same of every odd one. */
class AnswerAssemblerTest {
    private static final int ANSWERS = Integer.getInteger("offload.fuzz", 3_000);
    /** Where all that plain chunks repeat has been said before. */
    private static final int ALL = -1;

    private static final String FIRST = "{\"id\":\"c\",\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}";
    private static final String[] TEXTS = {
        "\"a\"",
        "\"\"",
        "\"\\u0041\\n\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\u00e9\ud83d\ude00\"",
        "\"\\\"\\\\\\/\"",
        "null",
        "7",
        "{}",
        "[\"x\"]",
        "true"
    };
    private static final String[] INDEXES = {"0", "1", "2", "7", "10", "-1", "1.0", "\"1\"", "null", "1e0", "00x"};
    private static final String[] SPACES = {"", "", "", " ", "\n", "\t \r\n"};
    private static final String[] NAMES = {
        "content", "content", "content", "role", "refusal", "tool_calls", "reasoning_content", "cont\\u0065nt", "name"
    };

    private final Random random = new Random(20_260_601);

    @Test
    void the_quick_look_and_the_parser_agree_on_every_odd_chunk() {
        int plain = 0;
        for (int i = 0; i < ANSWERS; i++) {
            AnswerAssembler quick = new AnswerAssembler();
            AnswerAssembler parsed = new AnswerAssembler();
            List<String> chunks = new ArrayList<>();
            for (int n = 0; n < 6; n++) {
                String chunk = n == 0 ? FIRST : chunk();
                chunks.add(chunk);
                ChunkScan scan = new ChunkScan();
                plain += isPlain(scan, chunk) ? 1 : 0;
                assertEquals(
                        said(parsed, "{\"by the parser\":1," + chunk.strip().substring(1)),
                        said(quick, chunk),
                        chunks::toString);
            }
            assertEquals(body(parsed), body(quick), chunks::toString);
            assertEquals(parsed.isFinished(1), quick.isFinished(1), chunks::toString);
        }
        assertTrue(plain > ANSWERS, "too few of the chunks are of the kind that is not parsed: " + plain);
    }

    private static boolean isPlain(ChunkScan scan, String chunk) {
        byte[] utf8 = chunk.getBytes(StandardCharsets.UTF_8);
        try {
            scan.scan(utf8, 0, utf8.length);
            return scan.isPlain(ALL);
        } catch (JsonFault e) {
            return false;
        }
    }

    private static String said(AnswerAssembler answer, String chunk) {
        byte[] utf8 = chunk.getBytes(StandardCharsets.UTF_8);
        try {
            return answer.add(utf8, 0, utf8.length).name();
        } catch (JsonFault e) {
            return "no JSON";
        }
    }

    /** Without nulls, which say nothing. */
    private static JsonValue body(AnswerAssembler answer) {
        JsonSource body = answer.body();
        if (body == null) {
            return JsonValue.NULL;
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body.bytes()))) {
            return withoutNulls(Json.createObjectBuilder(reader.readObject())
                    .remove("by the parser")
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonValue withoutNulls(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                JsonObjectBuilder kept = Json.createObjectBuilder();
                object.forEach((name, member) -> {
                    if (!member.equals(JsonValue.NULL)) {
                        kept.add(name, withoutNulls(member));
                    }
                });
                yield kept.build();
            }
            case JsonArray array -> {
                JsonArrayBuilder kept = Json.createArrayBuilder();
                array.forEach(element -> kept.add(withoutNulls(element)));
                yield kept.build();
            }
            default -> value;
        };
    }

    private String chunk() {
        return random.nextBoolean()
                ? odd()
                : "{\"choices\":[{\"delta\":{\"content\":" + TEXTS[random.nextInt(6)] + "}}]}";
    }

    private String odd() {
        StringBuilder out = new StringBuilder("{");
        List<String> members = new ArrayList<>();
        if (often()) {
            members.add("\"id\":\"c\"");
        }
        if (seldom()) {
            members.add(one("\"model\":\"m\"", "\"model\":null", "\"created\":7"));
        }
        if (seldom()) {
            members.add(one("\"service_tier\":\"t\"", "\"service_tier\":null", "\"object\":\"chunk\""));
        }
        if (seldom()) {
            members.add(one(
                    "\"error\":null",
                    "\"error\":{\"message\":\"m\"}",
                    "\"usage\":{\"total_tokens\":3}",
                    "\"usage\":null"));
        }
        if (seldom()) {
            members.add(one("\"new\":[{}]", "\"choic\\u0065s\":[{}]", "\"x\":01"));
        }
        members.add(random.nextInt(members.size() + 1), choices());
        if (seldom()) {
            members.add(choices());
        }
        return out.append(space())
                .append(String.join(space() + "," + space(), members))
                .append('}')
                .append(space())
                .toString();
    }

    private String choices() {
        if (seldom()) {
            return "\"choices\":" + one("[]", "null", "{}", "[1]", "[[]]");
        }
        List<String> all = new ArrayList<>();
        do {
            all.add(choice());
        } while (seldom());
        return "\"choices\":" + space() + "[" + String.join(",", all) + space() + "]";
    }

    private String choice() {
        List<String> members = new ArrayList<>();
        if (often()) {
            members.add("\"index\":" + (often() ? "0" : one(INDEXES)));
        }
        members.add(random.nextInt(members.size() + 1), delta());
        if (seldom()) {
            members.add(delta());
        }
        if (often()) {
            members.add("\"finish_reason\":" + (often() ? "null" : one("\"stop\"", "\"\"", "1")));
        }
        if (seldom()) {
            members.add("\"logprobs\":" + one("null", "{\"content\":[1]}"));
        }
        return "{" + String.join(space() + ",", members) + "}";
    }

    private String delta() {
        if (seldom()) {
            return "\"delta\":" + one("null", "{}", "\"x\"", "[]");
        }
        List<String> members = new ArrayList<>();
        do {
            String name = one(NAMES);
            String value = name.equals("role") ? one("\"assistant\"", "null") : one(TEXTS);
            if (!name.contains("\\") || !value.equals("null")) {
                members.add("\"" + name + "\"" + space() + ":" + space() + value);
            }
        } while (seldom());
        return "\"delta\":{" + String.join(",", members) + "}";
    }

    private boolean often() {
        return random.nextInt(10) < 8;
    }

    private boolean seldom() {
        return random.nextInt(10) < 2;
    }

    private String space() {
        return one(SPACES);
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    @Test
    void an_empty_finish_reason_is_none() throws JsonFault {
        AnswerAssembler answer = new AnswerAssembler();
        add(answer, "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\"}]}");
        assertFalse(answer.isFinished(1));
        add(answer, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
        assertTrue(answer.isFinished(1));
    }

    private static Kind add(AnswerAssembler answer, String chunk) throws JsonFault {
        byte[] utf8 = chunk.getBytes(StandardCharsets.UTF_8);
        return answer.add(utf8, 0, utf8.length);
    }
}
