package offload;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import offload.address.Cidr;
import offload.engine.EngineSettings;
import offload.files.DataSettings;
import offload.files.SyncPolicy;
import offload.http.AccessMode;
import offload.http.HttpSettings;
import offload.http.Origin;
import offload.http.PublicUrl;
import offload.http.connection.GuardSettings;
import offload.keys.RapidApiSecret;
import offload.settings.FileName;
import offload.settings.Setting;
import offload.settings.SettingsFile;
import offload.settings.SettingsReader;
import offload.turn.RequestLimits;
import offload.webhook.call.WebhookSettings;
import offload.webhook.call.WebhookSignature;
import org.jspecify.annotations.Nullable;

/**
 * All settings, read once and checked as a whole: each room gets its own record. {@code config/application.yaml} is the
 * manual of the keys.
 *
 * @param http the front door
 * @param engine turns
 * @param data the data folder
 * @param upstream who answers
 * @param webhook deliveries
 * @param access who may submit
 * @param watch what tells the operator how it goes
 */
public record OffloadConfig(
        HttpSettings http,
        EngineSettings engine,
        DataSettings data,
        UpstreamSettings upstream,
        WebhookSettings webhook,
        AccessConfig access,
        WatchSettings watch) {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(90);

    /**
     * Who may submit.
     *
     * @param mode by which key, if any
     * @param proxySecret of an API gateway in front
     */
    public record AccessConfig(AccessMode mode, RapidApiSecret proxySecret) {
        @Override
        public String toString() {
            return "AccessConfig[" + mode + "]";
        }
    }

    /**
     * A configuration whose faults have not been held against it yet.
     *
     * @param config what there is, with the default in place of each value that cannot be used
     * @param settings every key as it is in force
     * @param faults a sentence each; empty where the configuration is good
     */
    public record Draft(OffloadConfig config, List<Setting> settings, List<String> faults) {

        /**
         * The configuration, for who is to work by it.
         *
         * @throws BadConfiguration with all faults, if it has any
         */
        public OffloadConfig usable() throws BadConfiguration {
            if (!faults.isEmpty()) {
                throw new BadConfiguration(faults);
            }
            return config;
        }
    }

    /** Reads the file of that name, null for none, and the environment, whatever is wrong with them. */
    public static Draft draft(@Nullable String file, Function<String, @Nullable String> environment) {
        List<String> faults = new ArrayList<>();
        SettingsFile written = SettingsFile.none();
        try {
            written = file == null ? written : SettingsFile.read(file, "offload");
        } catch (IOException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
        SettingsReader reader = new SettingsReader(written, environment);
        OffloadConfig config = read(reader);
        faults.addAll(reader.faults());
        return new Draft(config, reader.settings(), List.copyOf(faults));
    }

    /** Every key with its default, as text. */
    static Map<String, String> defaults() {
        SettingsReader reader = new SettingsReader(SettingsFile.none(), name -> null);
        read(reader);
        return reader.defaults();
    }

    private static OffloadConfig read(SettingsReader reader) {
        UpstreamSettings upstream = UpstreamSettings.read(reader);
        AccessConfig access = new AccessConfig(
                reader.choice("auth", AccessMode.AUTO),
                reader.parsedSecret("rapidapi.proxy-secret", RapidApiSecret::new));
        return new OffloadConfig(
                http(reader, upstream),
                engine(reader),
                data(reader),
                upstream,
                webhook(reader),
                access,
                WatchSettings.read(reader));
    }

    private static HttpSettings http(SettingsReader reader, UpstreamSettings upstream) {
        return new HttpSettings(
                reader.host("host", "127.0.0.1"),
                (int) reader.number("port", 8080, 0, 65_535),
                reader.parsedUrl("public-url", "", PublicUrl::read).orElse(null),
                reader.parsed("shard", "1", OffloadConfig::shard),
                origins(reader),
                reader.parsedList("trusted-proxies", "127.0.0.0/8, ::1", Cidr::list),
                reader.parsed("accel-redirect", "", OffloadConfig::accelRedirect),
                (int) reader.size("limits.body", "4 MiB", 1024, 1 << 30),
                guard(reader),
                upstream.operatorPays());
    }

    private static List<String> origins(SettingsReader reader) {
        List<String> origins = reader.list("cors.origins", "*").stream()
                .map(OffloadConfig::asBrowsersSay)
                .toList();
        for (String origin : origins) {
            if (!canBeSent(origin)) {
                reader.fault(
                        "cors.origins", origin, "* or whole origins without a path, such as https://app.example.org");
            }
        }
        return origins;
    }

    /** By a browser, in {@code Origin}: anything else would never be met. */
    private static boolean canBeSent(String origin) {
        return origin.matches("\\*|null|(?!https?:)[a-z][a-z0-9+.-]*://[!-~&&[^/?#@*]]+")
                || Origin.parse(origin).isPresent();
    }

    private static String asBrowsersSay(String origin) {
        return Origin.parse(origin).map(Origin::toString).orElse(origin.toLowerCase(Locale.ROOT));
    }

    private static GuardSettings guard(SettingsReader reader) {
        Duration least = Duration.ofMillis(100);
        Duration most = Duration.ofHours(1);
        return new GuardSettings(
                (int) reader.number("limits.connections", 20_000, 1, 1_000_000),
                (int) reader.number("limits.connections-per-address", 1_000, 1, 1_000_000),
                reader.duration("limits.header-time", "10 s", least, most),
                reader.duration("limits.body-time", "30 s", least, most),
                (int) reader.size("limits.body-rate", "16 KiB", 1, 1 << 30),
                reader.duration("limits.idle-time", "15 s", least, most),
                reader.duration("limits.write-time", "30 s", least, most));
    }

    private static String shard(String text) {
        if (!text.matches("[A-Za-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("\"" + text + "\" must be 1 to 32 letters, digits, _ or -");
        }
        return text;
    }

    private static String accelRedirect(String text) {
        // A proxy takes the segments . and .. out, and would look elsewhere than in its internal location.
        if (!text.matches("(/(?!\\.\\.?/)[A-Za-z0-9._-]+)+/|")) {
            throw new IllegalArgumentException("\"" + text
                    + "\" must be a path of letters, digits, - _ and . that ends in a slash, without the segments . and .., such"
                    + " as /files/");
        }
        return text;
    }

    private static EngineSettings engine(SettingsReader reader) {
        Duration least = Duration.ofSeconds((long) RequestLimits.TIMEOUT_MIN);
        Duration longest = reader.duration("timeout.max", seconds(USUAL_TIMEOUT), least, Duration.ofDays(1));
        String preset = longest.compareTo(USUAL_TIMEOUT) < 0 ? seconds(longest) : seconds(USUAL_TIMEOUT);
        Duration usual = reader.duration("timeout.default", preset, least, Duration.ofDays(1));
        if (usual.compareTo(longest) > 0) {
            reader.fault("timeout.default", seconds(usual), "at most timeout.max, " + seconds(longest));
        }
        RequestLimits requests = new RequestLimits(
                reader.text("model", "gpt-3.5-turbo"), usual.toMillis() / 1000.0, longest.toMillis() / 1000.0);
        return new EngineSettings(
                requests,
                (int) reader.number("limits.turns", 10_000, 1, 1_000_000),
                reader.duration("shutdown-grace", "100 s", Duration.ZERO, Duration.ofDays(1)));
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    private static DataSettings data(SettingsReader reader) {
        return new DataSettings(
                reader.parsed("data-dir", "data", FileName::of),
                reader.choice("storage.sync", SyncPolicy.INTERVAL),
                reader.duration("storage.sync-interval", "1 s", Duration.ofMillis(10), Duration.ofHours(1)),
                reader.size("storage.min-free", "64 MiB", 0, 1L << 60),
                (int) reader.number("retention.days", 0, 0, 36_500));
    }

    private static WebhookSettings webhook(SettingsReader reader) {
        return new WebhookSettings(
                reader.parsedSecret("webhook.secret", WebhookSignature::of),
                reader.parsedList("webhook.allow", "", Cidr::list),
                reader.choice("webhook.format", WebhookSettings.Format.FORM));
    }
}
