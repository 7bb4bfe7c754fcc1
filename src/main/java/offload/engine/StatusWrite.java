package offload.engine;

/** What kind of status is written. */
enum StatusWrite {
    /** More will follow. */
    INTERIM,
    /** None follows. */
    LAST,
    /** None follows, and it is forced to the device. */
    LAST_SYNCED
}
