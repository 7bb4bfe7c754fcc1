package offload.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.Objects;
import offload.json.Json;
import offload.json.JsonFault;
import org.junit.jupiter.api.Test;

class AnswerChoiceTest {
    private final AnswerAssembler answer = new AnswerAssembler();

    @Test
    void what_comes_in_pieces_is_not_taken_again_from_the_whole_message_beside_them() throws Exception {
        add("\"message\":{\"content\":\"Hel\"},\"delta\":{\"content\":\"Hel\"}");
        add("\"message\":{\"content\":\"Hello\"},\"delta\":{\"content\":\"lo\"}");
        add("\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"");
        assertEquals("Hello", content());
        assertTrue(answer.isFinished(1));
    }

    @Test
    void a_plain_piece_is_one_too() throws Exception {
        add("\"delta\":{\"role\":\"assistant\"}");
        add("\"delta\":{\"content\":\"Hello\"}");
        add("\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"");
        assertEquals("Hello", content());
    }

    @Test
    void a_message_without_pieces_is_taken() throws Exception {
        add("\"message\":{\"content\":\"Hello\"},\"delta\":null,\"finish_reason\":\"stop\"");
        assertEquals("Hello", content());
    }

    @Test
    void a_list_beside_the_message_grows_by_each_piece() throws Exception {
        add("\"delta\":{\"content\":\"a\"},\"token_ids\":[1,2]");
        add("\"delta\":{\"content\":\"b\"},\"token_ids\":null");
        add("\"delta\":{\"content\":\"c\"},\"token_ids\":[3],\"finish_reason\":\"stop\"");
        assertEquals("[1,2,3]", choice().getJsonArray("token_ids").toString());
    }

    @Test
    void elements_with_an_index_grow_by_the_pieces_of_theirs() throws Exception {
        thought("{'type':'text','text':'Let','format':'f','index':0}");
        thought("{'type':'text','text':' me','format':'f','index':0}");
        thought("{'type':'text','signature':'SIG','format':'f','index':0}");
        thought("{'type':'encrypted','data':'AB','id':'r1','index':0},{'type':'text','text':'!','index':1}");
        assertEquals(
                quoted("[{'type':'text','text':'Let me','format':'f','index':0,'signature':'SIG'},"
                        + "{'type':'encrypted','data':'AB','id':'r1','index':0},{'type':'text','text':'!','index':1}]"),
                thoughts());
    }

    @Test
    void elements_that_come_together_or_have_another_id_or_hold_more_than_texts_are_not_one() throws Exception {
        thought("{'text':'a','index':0},{'text':'b','index':0}");
        thought("{'id':'1','data':'c','index':1}");
        thought("{'id':'2','data':'d','index':1}");
        thought("{'url':{'x':'e'},'index':2}");
        thought("{'url':{'x':'f'},'index':2}");
        thought("{'text':'g'}");
        thought("{'text':'h'}");
        assertEquals(
                quoted("[{'text':'a','index':0},{'text':'b','index':0},{'id':'1','data':'c','index':1},"
                        + "{'id':'2','data':'d','index':1},{'url':{'x':'e'},'index':2},{'url':{'x':'f'},'index':2},"
                        + "{'text':'g'},{'text':'h'}]"),
                thoughts());
    }

    @Test
    void elements_that_say_they_are_deltas_grow_by_the_pieces_of_theirs() throws Exception {
        thought("{'index':0,'delta':{'thinking':'','signature':''}}");
        thought("{'index':0,'delta':{'thinking':'Let'}}");
        thought("{'index':0,'delta':{'thinking':' me'}}");
        thought("{'index':0,'delta':{'signature':'SIG'}}");
        thought("{'index':1,'delta':{'text':'Hel'}}");
        thought("{'index':1,'delta':{'text':'lo'}}");
        assertEquals(
                quoted("[{'index':0,'delta':{'thinking':'Let me','signature':'SIG'}},"
                        + "{'index':1,'delta':{'text':'Hello'}}]"),
                thoughts());
    }

    @Test
    void an_element_that_is_said_again_with_more_to_it_stands_there_once() throws Exception {
        thought("{'index':0,'type':'python','arguments':'1+1','output':null}");
        thought("{'index':0,'type':'python','arguments':'1+1','output':'2'}");
        thought("{'index':1,'text':'ha'}");
        thought("{'index':1,'text':'ha'}");
        thought("{'index':1,'text':'!','signature':'S'}");
        assertEquals(
                quoted("[{'index':0,'type':'python','arguments':'1+1','output':'2'},"
                        + "{'index':1,'text':'haha!','signature':'S'}]"),
                thoughts());
    }

    @Test
    void what_says_nothing_takes_nothing_away_whatever_kind_it_is_of() throws Exception {
        add(quoted("'content_filter_results':{'hate':{'filtered':false}},'logprobs':{'content':[{'token':'a'}]},"
                + "'delta':{'role':'assistant','content':'Hello','refusal':'No','tool_calls':[{'index':0,'id':'t'}]}"));
        JsonObject said = choice();
        add(
                quoted(
                        "'content_filter_results':{},'logprobs':[],'delta':{'role':'','content':{},'refusal':[],'tool_calls':{}}"));
        add(
                quoted(
                        "'content_filter_results':[],'logprobs':'','delta':{'role':[],'content':[],'refusal':{},'tool_calls':''}"));
        add(quoted("'logprobs':false,'delta':{'role':false,'content':false,'refusal':0,'tool_calls':false}"));
        assertEquals(said, choice());
    }

    @Test
    void what_is_said_to_be_empty_or_null_is_told_so() throws Exception {
        add(quoted("'delta':{'role':'assistant','content':'','refusal':null}"));
        add("\"delta\":{},\"finish_reason\":\"stop\"");
        assertEquals(
                quoted("{'role':'assistant','content':'','refusal':null}"),
                choice().getJsonObject("message").toString());
    }

    private void thought(String elements) throws JsonFault {
        add("\"delta\":{\"reasoning_details\":[" + quoted(elements) + "]}");
    }

    private String thoughts() throws Exception {
        return choice().getJsonObject("message")
                .getJsonArray("reasoning_details")
                .toString();
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private void add(String members) throws JsonFault {
        byte[] chunk = ("{\"choices\":[{\"index\":0," + members + "}]}").getBytes(UTF_8);
        answer.add(chunk, 0, chunk.length);
    }

    private String content() throws Exception {
        return choice().getJsonObject("message").getString("content");
    }

    private JsonObject choice() throws Exception {
        JsonObject body = Json.object(Objects.requireNonNull(answer.body()).bytes());
        return body.getJsonArray("choices").getJsonObject(0);
    }
}
