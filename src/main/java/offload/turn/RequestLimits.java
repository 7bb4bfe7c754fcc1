package offload.turn;

/**
 * What a submission may ask for, as the operator set it.
 *
 * @param model the model where none is named
 * @param timeoutDefault seconds
 * @param timeoutMax seconds
 */
public record RequestLimits(String model, double timeoutDefault, double timeoutMax) {
    /** The least that {@code timeout} may be, in seconds. */
    public static final double TIMEOUT_MIN = 5;
}
