package offload.fuzz;

import offload.turn.ApiException;
import offload.turn.RequestLimits;
import offload.turn.SubmissionBody;
import offload.turn.TurnKind;
import offload.turn.TurnRequest;

/** The body of a submission: refused with a sentence, or within the limits; never anything else. */
public final class SubmissionTarget {
    private static final RequestLimits LIMITS = new RequestLimits("gpt-3.5-turbo", 90, 90);

    private SubmissionTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (TurnKind kind : TurnKind.values()) {
            try {
                TurnRequest request = SubmissionBody.parse(kind, input, LIMITS);
                if (!request.equals(SubmissionBody.parse(kind, input.clone(), LIMITS))) {
                    throw new AssertionError("one body, two requests");
                }
            } catch (ApiException e) {
                if (e.error().status() != 400 || e.sentence().isBlank()) {
                    throw new AssertionError("a bad body is 400 with a sentence", e);
                }
            }
        }
    }
}
