package offload.files;

/** When event logs are forced to the device. */
public enum SyncPolicy {
    /** Never: the operating system decides. */
    NEVER,
    /** When a turn is final. */
    FINAL,
    /** Every so often while a turn runs, and when it is final. */
    INTERVAL,
    /** After each append, and when a turn is submitted. */
    EVENT
}
