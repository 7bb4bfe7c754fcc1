package offload.logs;

/**
 * What the operator says of logs.
 *
 * @param level what is less than this is left out of the server's log
 * @param format how a line looks
 * @param access whether each request leaves a line
 */
public record LogSettings(System.Logger.Level level, Format format, boolean access) {

    /** How a line looks. */
    public enum Format {
        /** {@code TIME LEVEL message name=value ...}. */
        TEXT,
        /** One JSON object. */
        JSON
    }
}
