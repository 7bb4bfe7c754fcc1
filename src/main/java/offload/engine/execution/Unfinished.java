package offload.engine.execution;

import offload.json.JsonSource;
import offload.status.ResponseFacts;
import offload.status.TurnTimes;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * How a turn of this process ended whose last writes failed: recovery writes it down when the device lets it.
 *
 * @param state its end
 * @param errorBody the upstream's error answer; null for none
 * @param seen what else was seen of the upstream; null where it was never asked
 */
public record Unfinished(
        TurnState state,
        @Nullable JsonSource errorBody,
        @Nullable Seen seen) {

    /**
     * What a log does not tell, nor the status that is there, where the device did not take another one.
     *
     * @param times when it was asked, when it answered and when it ended
     * @param response the head of its response
     * @param beside what its answer says beside its choices, as a chunk; null where there is no answer
     */
    public record Seen(
            TurnTimes times,
            ResponseFacts response,
            @Nullable JsonSource beside) {}

    /** The same of {@code turn}, as it is now. */
    static Unfinished of(RunningTurn turn, TurnState state, @Nullable JsonSource errorBody) {
        Seen seen = new Seen(turn.times(null), turn.response(), turn.answer().beside());
        return new Unfinished(state, errorBody, seen);
    }
}
