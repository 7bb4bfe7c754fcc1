package offload.address;

/**
 * A host has no address now that may be called: its name is unknown, was not resolved in time, or leads to where nobody is
 * called. The message is short and fit for the record of tries: it names the host, never what an inner name resolves to.
 */
public final class NoAddress extends Exception {

    NoAddress(String message) {
        super(message);
    }
}
