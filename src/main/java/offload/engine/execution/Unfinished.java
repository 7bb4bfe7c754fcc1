package offload.engine.execution;

import offload.json.JsonSource;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * How a turn of this process ended whose last writes failed: recovery writes it down when the device lets it.
 *
 * @param state its end
 * @param errorBody the upstream's error answer; null for none
 */
public record Unfinished(TurnState state, @Nullable JsonSource errorBody) {}
