package offload.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** How values are shown. Stateless. */
final class Shown {
    private Shown() {}

    static String limit(@Nullable Number limit) {
        return limit == null ? "any" : limit.toString();
    }

    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    static String bytes(long count) {
        return count >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", count / (double) (1L << 30))
                : String.format(Locale.ROOT, "%.1f MiB", count / (double) (1L << 20));
    }

    static String text(JsonWriter json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }
}
