package offload;

import java.util.List;
import java.util.Locale;
import offload.logs.LogSettings;
import offload.settings.SettingsReader;

/**
 * What tells the operator how it goes.
 *
 * @param logs the server's log and the access log
 * @param metricsHost the address of the metrics' own listener
 * @param metricsPort its port; negative for none, 0 for a free one
 */
public record WatchSettings(LogSettings logs, String metricsHost, int metricsPort) {

    static WatchSettings read(SettingsReader reader) {
        String level = reader.choice("log.level", "info", List.of("error", "warning", "info", "debug"));
        LogSettings logs = new LogSettings(
                System.Logger.Level.valueOf(level.toUpperCase(Locale.ROOT)),
                reader.choice("log.format", LogSettings.Format.TEXT),
                reader.flag("log.access", false));
        return new WatchSettings(
                logs,
                reader.host("metrics.host", "127.0.0.1"),
                reader.parsed("metrics.port", "off", WatchSettings::port));
    }

    private static int port(String text) {
        // An `off` without quotes is a truth value to YAML.
        if (text.equals("off") || text.equals("false")) {
            return -1;
        }
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("\"" + text + "\" must be `off` or a port from 0 to 65535");
    }
}
