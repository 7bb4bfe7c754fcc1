package offload.http;

/** Who may submit, as the operator says. */
public enum AccessMode {
    /** Who has a service key, where there is one or ever was; else anybody. */
    AUTO,
    /** Who has a service key, even where there is none yet. */
    KEYS,
    /** Anybody. */
    OPEN
}
