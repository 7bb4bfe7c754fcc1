package offload.http.head;

/** How large the head of a request may be, for whoever takes it and for who says so to a client. */
public final class HeadLimits {
    /** The most bytes of the request line. */
    public static final int LINE_BYTES = 8 * 1024;

    /** The most bytes of the fields together. */
    public static final int FIELD_BYTES = 16 * 1024;

    /** The most fields. Browsers send some twenty, and proxies add ten. */
    static final int FIELDS = 100;

    private HeadLimits() {}
}
