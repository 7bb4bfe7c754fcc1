package offload.status;

import org.jspecify.annotations.Nullable;

/**
 * When things happened, in milliseconds since the Unix epoch; null for what has not happened (or nobody can tell).
 *
 * @param requestAt the upstream call began
 * @param firstByteAt the upstream's first byte came
 * @param finishedAt the upstream call ended
 * @param processedAt everything that follows it was done
 */
public record TurnTimes(
        long requestAt,
        @Nullable Long firstByteAt,
        @Nullable Long finishedAt,
        @Nullable Long processedAt) {}
