package offload.upstream.openai;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the upstream client is set up.
 *
 * @param extraCa PEM file with certificates that are trusted beside those of the JDK; null for none
 */
public record OpenAiSettings(@Nullable Path extraCa) {

    /** The JDK's certificates only. */
    public static OpenAiSettings defaults() {
        return new OpenAiSettings(null);
    }
}
