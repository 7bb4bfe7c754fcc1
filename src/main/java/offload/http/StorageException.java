package offload.http;

import java.io.IOException;

/** The data folder failed while a request was served; not to be confused with a client that left. */
final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final IOException cause;

    StorageException(IOException cause) {
        super(cause);
        this.cause = cause;
    }

    IOException cause() {
        return cause;
    }
}
