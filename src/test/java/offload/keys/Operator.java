package offload.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes and revokes keys beside a running server, as the command line does, and has the server look at once. */
record Operator(Path data, InstantSource clock) {

    /** The new key, which {@code server} knows. */
    KeyFolder.Created create(ServiceKeys server, String name, @Nullable Long quota, @Nullable Integer rate)
            throws IOException, KeyFault {
        KeyFolder.Created created = folder().create(name, quota, rate);
        server.refresh();
        return created;
    }

    /** Takes the key called {@code name} out of force, as {@code server} knows. */
    void revoke(ServiceKeys server, String name) throws IOException, KeyFault {
        folder().revoke(name);
        server.refresh();
    }

    private KeyFolder folder() {
        return new KeyFolder(data.resolve("keys"), clock);
    }
}
