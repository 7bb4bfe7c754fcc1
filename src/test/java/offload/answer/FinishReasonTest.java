package offload.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import offload.turn.TurnError;
import offload.turn.TurnState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinishReasonTest {
    private final AnswerAssembler answer = new AnswerAssembler();

    @ParameterizedTest
    @ValueSource(strings = {"error", "abort", "insufficient_system_resource", "ERROR", "TIMEOUT", "ERROR"})
    void an_answer_that_the_upstream_gave_up_has_failed(String reason) throws Exception {
        TurnState.Failed failed = (TurnState.Failed) finishedBy(reason);
        assertEquals(TurnError.UPSTREAM_ERROR, failed.error().code());
        assertEquals(
                "The upstream ended its answer with the finish_reason \"" + reason + "\".",
                failed.error().message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "model_length", "max_tokens", "MAX_TOKENS", "ERROR_LIMIT"})
    void an_answer_that_became_too_long_is_incomplete(String reason) throws Exception {
        assertEquals(new TurnState.Incomplete("max_output_tokens"), finishedBy(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content_filter",
                "refusal",
                "SAFETY",
                "RECITATION",
                "BLOCKLIST",
                "PROHIBITED_CONTENT",
                "SPII",
                "ERROR_TOXIC"
            })
    void an_answer_that_a_filter_stopped_is_incomplete(String reason) throws Exception {
        assertEquals(new TurnState.Incomplete("content_filter"), finishedBy(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "STOP", "tool_calls", "COMPLETE", "end_turn", "eos"})
    void any_other_reason_is_that_of_a_whole_answer(String reason) throws Exception {
        assertEquals(new TurnState.Completed(), finishedBy(reason));
    }

    /** A stream that ends without [DONE] is done only where each choice that was asked for says so. */
    @Test
    void an_answer_of_fewer_choices_than_were_asked_for_is_not_finished() throws Exception {
        finishedBy("stop");
        assertTrue(answer.isFinished(1));
        assertFalse(answer.isFinished(2));
    }

    @Test
    void an_answer_of_more_choices_than_were_asked_for_is_finished_with_the_last_of_them() throws Exception {
        add("{\"index\":1,\"delta\":{\"content\":\"b\"}}");
        finishedBy("stop");
        assertFalse(answer.isFinished(1));
        add("{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}");
        assertTrue(answer.isFinished(1));
    }

    private TurnState finishedBy(String reason) throws Exception {
        add("{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"" + reason + "\"}");
        return answer.finished();
    }

    private void add(String choice) throws Exception {
        byte[] chunk = ("{\"choices\":[" + choice + "]}").getBytes(UTF_8);
        answer.add(chunk, 0, chunk.length);
    }
}
