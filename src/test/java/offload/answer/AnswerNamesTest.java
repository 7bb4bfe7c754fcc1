package offload.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.util.Objects;
import offload.answer.AnswerAssembler.Kind;
import offload.json.Json;
import offload.json.JsonFault;
import org.junit.jupiter.api.Test;

/** What a chunk says of the answer as a whole, such as its id, is told whichever chunk says it. */
class AnswerNamesTest {
    private static final String FIRST = "'choices':[{'index':0,'delta':{'role':'assistant'}}]";
    private static final String LAST = "'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]";

    private final AnswerAssembler answer = new AnswerAssembler();

    @Test
    void an_answer_that_begins_with_a_chunk_that_names_nothing_has_the_names_of_the_next() throws Exception {
        add("'choices':[],'id':'','model':'','prompt_filter_results':[]");
        assertEquals(Kind.CHOICES, add("'id':'c1','model':'m','choices':[{'delta':{'content':'a'}}]"));
        assertEquals("c1", body().getString("id"));
        assertEquals("m", body().getString("model"));
    }

    @Test
    void what_only_a_piece_of_text_in_the_middle_says_is_told() throws Exception {
        add(FIRST);
        add(text("a", ""));
        add(text("b", ",'service_tier':'flex'"));
        add(text("c", ",'id':'c1','created':7,'model':'m'"));
        add(text("d", ",'system_fingerprint':'fp'"));
        add(text("e", ",'id':'c1','created':7,'model':'m','system_fingerprint':'fp','service_tier':'flex'"));
        add(LAST);
        assertEquals(
                quoted("{'id':'c1','object':'chat.completion','created':7,'model':'m','choices':[{'index':0,'message':"
                        + "{'role':'assistant','content':'abcde'},'logprobs':null,'finish_reason':'stop'}],"
                        + "'service_tier':'flex','system_fingerprint':'fp'}"),
                body().toString());
    }

    @Test
    void what_a_piece_of_text_says_takes_the_place_of_an_empty_name_and_of_no_time() throws Exception {
        String nothing = ",'id':'','created':0,'model':'','service_tier':null,'system_fingerprint':''";
        add(FIRST + nothing);
        add(text("a", nothing));
        add(text("b", ",'id':'c1','created':7,'model':'m','service_tier':'flex','system_fingerprint':'fp'"));
        add(text("c", nothing));
        add(LAST + nothing);
        assertEquals("c1", body().getString("id"));
        assertEquals(7, body().getInt("created"));
        assertEquals("m", body().getString("model"));
        assertEquals("flex", body().getString("service_tier"));
        assertEquals("fp", body().getString("system_fingerprint"));
    }

    @Test
    void who_says_it_is_the_assistant_where_the_upstream_has_no_word_for_it() throws Exception {
        add(
                "'choices':[{'index':0,'delta':{'role':'','content':'a'}},{'index':1,'delta':{'role':null,'content':'b'}}]");
        add(LAST);
        for (int i = 0; i < 2; i++) {
            JsonObject choice = body().getJsonArray("choices").getJsonObject(i);
            assertEquals("assistant", choice.getJsonObject("message").getString("role"));
        }
    }

    private static String text(String text, String names) {
        return "'choices':[{'index':0,'delta':{'content':'" + text + "'}}]" + names;
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private Kind add(String members) throws JsonFault {
        byte[] chunk = ("{" + quoted(members) + "}").getBytes(UTF_8);
        return answer.add(chunk, 0, chunk.length);
    }

    private JsonObject body() throws Exception {
        return Json.object(Objects.requireNonNull(answer.body()).bytes());
    }
}
