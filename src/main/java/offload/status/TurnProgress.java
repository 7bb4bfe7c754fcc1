package offload.status;

import offload.json.JsonSource;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * What changes in a status while its turn lives.
 *
 * @param state where it is
 * @param times when things happened
 * @param response the members of {@code response} but the body: a JSON object's text
 * @param body the answer so far, or the upstream's error; null for none
 * @param offset bytes of the event log that this reflects
 * @param sha256 of the closed event log, hexadecimal; null while it grows
 */
public record TurnProgress(
        TurnState state,
        TurnTimes times,
        ResponseFacts response,
        @Nullable JsonSource body,
        long offset,
        @Nullable String sha256) {}
