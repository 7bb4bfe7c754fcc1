package offload;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import offload.engine.EngineSettings;
import offload.files.DataSettings;
import offload.files.SyncPolicy;
import offload.http.HttpSettings;
import offload.turn.RequestLimits;
import offload.upstream.openai.OpenAiSettings;
import offload.upstream.openai.OpenAiUpstream;
import offload.webhook.Cidr;
import offload.webhook.WebhookSettings;
import offload.webhook.WebhookSignature;
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
 */
public record OffloadConfig(
        HttpSettings http,
        EngineSettings engine,
        DataSettings data,
        UpstreamConfig upstream,
        WebhookSettings webhook,
        AccessConfig access) {

    private static final String OPENAI = "https://api.openai.com/v1";

    /**
     * Who answers completions.
     *
     * @param url the base URL; null for the embedded sample
     * @param key the operator's key; null where callers bring theirs
     * @param streamOptions whether {@code stream_options.include_usage} is added
     * @param client how the client is set up
     */
    public record UpstreamConfig(
            @Nullable URI url,
            @Nullable String key,
            boolean streamOptions,
            OpenAiSettings client) {
        @Override
        public String toString() {
            return "UpstreamConfig[" + url + "]";
        }
    }

    /**
     * Who may submit.
     *
     * @param mode {@code keys}, {@code open}, or {@code auto}: keys where there are some
     * @param proxySecret of an API gateway in front; empty for none
     */
    public record AccessConfig(String mode, String proxySecret) {
        @Override
        public String toString() {
            return "AccessConfig[" + mode + "]";
        }
    }

    /** Reads {@code file}, which may be absent, and the environment. */
    public static OffloadConfig load(@Nullable Path file, Function<String, @Nullable String> environment)
            throws BadConfiguration {
        Map<String, String> values = new TreeMap<>();
        if (file != null) {
            values.putAll(read(file));
        }
        SettingsReader reader = new SettingsReader(values, environment);
        OffloadConfig config = read(reader);
        List<String> faults = new ArrayList<>(reader.faults());
        unknown(values, reader.defaults(), faults);
        if (!faults.isEmpty()) {
            throw new BadConfiguration(faults);
        }
        return config;
    }

    private static Map<String, String> read(Path file) throws BadConfiguration {
        if (!Files.isReadable(file)) {
            throw new BadConfiguration(List.of("there is no readable file " + file));
        }
        try {
            Config config = Config.builder(ConfigSources.file(file))
                    .disableEnvironmentVariablesSource()
                    .disableSystemPropertiesSource()
                    .build();
            Map<String, String> values = new TreeMap<>();
            config.get("offload").detach().asMap().ifPresent(values::putAll);
            return values;
        } catch (ConfigException e) {
            throw new BadConfiguration(List.of(file + " is no readable YAML: " + e.getMessage()));
        }
    }

    private static void unknown(Map<String, String> values, Map<String, String> known, List<String> faults) {
        for (String key : values.keySet()) {
            String bare = key.replaceFirst("\\.\\d+$", "");
            boolean emptySection =
                    values.get(key).isEmpty() && known.keySet().stream().anyMatch(k -> k.startsWith(key + "."));
            if (!known.containsKey(key) && !known.containsKey(bare) && !emptySection) {
                faults.add(key + " is no setting: config/application.yaml lists what there is");
            }
        }
    }

    /** Every key with its default, as text. */
    static Map<String, String> defaults() {
        SettingsReader reader = new SettingsReader(Map.of(), name -> null);
        read(reader);
        return reader.defaults();
    }

    private static OffloadConfig read(SettingsReader reader) {
        UpstreamConfig upstream = upstream(reader);
        AccessConfig access = new AccessConfig(
                reader.choice("auth", "auto", List.of("auto", "keys", "open")),
                reader.text("rapidapi.proxy-secret", ""));
        return new OffloadConfig(
                http(reader, upstream), engine(reader), data(reader), upstream, webhook(reader), access);
    }

    private static HttpSettings http(SettingsReader reader, UpstreamConfig upstream) {
        return new HttpSettings(
                reader.text("host", "127.0.0.1"),
                (int) reader.number("port", 8080, 0, 65_535),
                reader.url("public-url", ""),
                reader.parsed("shard", "1", OffloadConfig::shard),
                reader.list("cors.origins", "*").stream()
                        .map(origin -> origin.toLowerCase(Locale.ROOT))
                        .toList(),
                reader.parsed("trusted-proxies", "127.0.0.0/8, ::1", Cidr::list),
                (int) reader.size("limits.body", "4 MiB", 1024, 1 << 30),
                (int) reader.number("limits.connections", 20_000, 1, 1_000_000),
                upstream.key() != null);
    }

    private static String shard(String text) {
        if (!text.matches("[A-Za-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("\"" + text + "\" must be 1 to 32 letters, digits, _ or -");
        }
        return text;
    }

    private static EngineSettings engine(SettingsReader reader) {
        Duration least = Duration.ofSeconds((long) RequestLimits.TIMEOUT_MIN);
        Duration longest = reader.duration("timeout.max", "90 s", least, Duration.ofDays(1));
        Duration usual = reader.duration("timeout.default", "90 s", least, Duration.ofDays(1));
        if (usual.compareTo(longest) > 0) {
            reader.fault(
                    "timeout.default", usual.toSeconds() + " s", "at most timeout.max, " + longest.toSeconds() + " s");
        }
        RequestLimits requests = new RequestLimits(
                reader.text("model", "gpt-3.5-turbo"), usual.toMillis() / 1000.0, longest.toMillis() / 1000.0);
        return new EngineSettings(
                requests,
                (int) reader.number("limits.turns", 10_000, 1, 1_000_000),
                reader.duration("shutdown-grace", "100 s", Duration.ZERO, Duration.ofDays(1)));
    }

    private static DataSettings data(SettingsReader reader) {
        String sync = reader.choice("storage.sync", "interval", List.of("never", "final", "interval", "event"));
        return new DataSettings(
                Path.of(reader.text("data-dir", "data")),
                SyncPolicy.valueOf(sync.toUpperCase(Locale.ROOT)),
                reader.duration("storage.sync-interval", "1 s", Duration.ofMillis(10), Duration.ofHours(1)),
                (int) reader.number("retention.days", 0, 0, 36_500));
    }

    private static UpstreamConfig upstream(SettingsReader reader) {
        String key = reader.text("upstream.key", "");
        int spares = (int) reader.number("upstream.spares", OpenAiSettings.SPARES, 0, 1000);
        boolean embedded = reader.text("upstream.url", OPENAI).equals("embedded");
        return new UpstreamConfig(
                embedded ? null : reader.parsed("upstream.url", OPENAI, OpenAiUpstream::baseUrl),
                key.isEmpty() ? null : key,
                reader.flag("upstream.stream-options", true),
                reader.parsed("upstream.ca-file", "", file -> OpenAiSettings.of(file, spares)));
    }

    private static WebhookSettings webhook(SettingsReader reader) {
        return new WebhookSettings(
                reader.parsed("webhook.secret", "", WebhookSignature::of),
                reader.parsed("webhook.allow", "", Cidr::list),
                WebhookSettings.Format.valueOf(reader.choice("webhook.format", "form", List.of("form", "json"))
                        .toUpperCase(Locale.ROOT)));
    }
}
