package offload.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a service key. The key itself is known to its holder only.
 *
 * @param name what the operator calls it; not necessarily unique
 * @param prefix the key's first {@value KeyText#PREFIX_LENGTH} characters, which are no secret: it names the key in lists,
 *     files and logs
 * @param sha256 SHA-256 of the key, 64 hex digits
 * @param createdAt when it was made
 * @param quotaPerMonth how many requests it may make in a calendar month (UTC); null means any number
 * @param ratePerMinute how many requests it may make in any 60 seconds on one node; null means any number
 */
public record ServiceKey(
        String name,
        String prefix,
        String sha256,
        Instant createdAt,
        @Nullable Long quotaPerMonth,
        @Nullable Integer ratePerMinute) {}
