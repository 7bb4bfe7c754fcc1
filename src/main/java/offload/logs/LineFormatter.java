package offload.logs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** One event, one line: whatever is in a message, it cannot begin a second line. Any thread. */
final class LineFormatter extends Formatter {
    private static final Set<String> ALWAYS = Set.of("time", "level", "logger", "message");

    private final LogSettings.Format format;

    LineFormatter(LogSettings.Format format) {
        this.format = format;
    }

    @Override
    public String format(LogRecord event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", event.getInstant().toString());
        fields.put("level", word(event.getLevel()));
        fields.put("logger", String.valueOf(event.getLoggerName()));
        fields.put("message", formatMessage(event));
        if (event.getParameters() != null && event.getParameters()[0] instanceof AccessLog.Facts facts) {
            fields.putAll(facts.values());
        }
        String request = RequestId.current();
        if (request != null) {
            fields.put("request_id", request);
        }
        if (event.getThrown() != null) {
            fields.put("error", trace(event.getThrown()));
        }
        return format == LogSettings.Format.JSON ? Lines.json(fields) : text(event.getInstant(), fields);
    }

    private static String text(Instant time, Map<String, Object> fields) {
        StringBuilder line = new StringBuilder(200);
        line.append(time).append(' ').append(fields.get("level")).append(' ');
        line.append(Lines.oneLine(String.valueOf(fields.get("message"))));
        fields.forEach((name, value) -> {
            if (!ALWAYS.contains(name)) {
                line.append(' ').append(name).append('=').append(Lines.oneLine(value.toString()));
            }
        });
        return line.append('\n').toString();
    }

    static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warning";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
