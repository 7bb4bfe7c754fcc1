package offload.upstream.openai;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import offload.upstream.openai.connection.TrustedPeers;
import org.jspecify.annotations.Nullable;

/**
 * How the upstream client is set up.
 *
 * @param extraCa PEM file with certificates that are trusted beside those of the JDK; null for none
 * @param spares the most TLS connections that are opened ahead for one host; 0 for none
 */
public record OpenAiSettings(@Nullable Path extraCa, int spares) {
    /** The number of spares that nobody has to think about. */
    public static final int SPARES = 8;

    /** Checks the number. */
    public OpenAiSettings {
        if (spares < 0 || spares > 1000) {
            throw new IllegalArgumentException("the number of spare connections must be 0 to 1000");
        }
    }

    /**
     * From a file's name, empty for none.
     *
     * @throws IllegalArgumentException if the file holds no certificates; the message names it
     */
    public static OpenAiSettings of(String caFile, int spares) {
        Path pem = caFile.isEmpty() ? null : Path.of(caFile);
        if (pem != null) {
            TrustedPeers.read(pem);
        }
        return new OpenAiSettings(pem, spares);
    }

    /** What makes another client trust whom this one trusts. */
    public SSLContext trust() {
        return new TrustedPeers(extraCa).context();
    }
}
