package offload;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import offload.settings.SettingsReader;
import offload.turn.UpstreamKey;
import offload.upstream.UpstreamTarget;
import offload.upstream.openai.OpenAiSettings;
import offload.upstream.openai.OpenAiUpstream;

/**
 * Who answers completions.
 *
 * @param targets in order of preference: the first that serves a model gets it; never empty
 * @param client how the client is set up
 */
public record UpstreamSettings(List<UpstreamTarget> targets, OpenAiSettings client) {
    /** The base of the sample upstream inside Offload. */
    static final URI EMBEDDED = URI.create("embedded:sample");

    private static final String STANDARD = "https://api.openai.com/v1";
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Whether a submission can spend the operator's tokens without bringing a key. */
    boolean operatorPays() {
        return targets.stream()
                .anyMatch(target -> target.key() != null
                        || target.keyless() && !target.base().equals(EMBEDDED));
    }

    static UpstreamSettings read(SettingsReader reader) {
        List<UpstreamTarget> targets = new ArrayList<>();
        List<String> names = reader.sections("upstreams");
        for (String name : names) {
            if (name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
                targets.add(named(reader, name));
            } else {
                reader.fault("upstreams", name, "names of lower-case letters, digits and hyphens");
            }
        }
        UpstreamTarget simple = simple(reader, !names.isEmpty());
        if (names.isEmpty() || reader.isSet("upstream.url")) {
            targets.add(simple);
        }
        int spares = (int) reader.number("upstream.spares", OpenAiSettings.SPARES, 0, 1000);
        return new UpstreamSettings(
                List.copyOf(targets), reader.parsed("upstream.ca-file", "", file -> OpenAiSettings.of(file, spares)));
    }

    private static UpstreamTarget simple(SettingsReader reader, boolean besideNamed) {
        URI base = base(reader, "upstream.url");
        String key = key(reader, "upstream.key");
        if (besideNamed && !reader.isSet("upstream.url") && !key.isEmpty()) {
            reader.fault("upstream.key", "(set)", "empty, or have its `upstream.url` beside the named `upstreams`");
        }
        return new UpstreamTarget(
                "upstream",
                List.of(),
                base,
                key.isEmpty() ? null : key,
                base.equals(EMBEDDED),
                Map.of(),
                new UpstreamTarget.Limits(LONGEST, LONGEST),
                reader.flag("upstream.stream-options", true));
    }

    private static UpstreamTarget named(SettingsReader reader, String name) {
        String start = "upstreams." + name + ".";
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : reader.sections(start + "headers")) {
            String key = start + "headers." + header;
            String value = reader.secret(key);
            try {
                OpenAiUpstream.requireHeader(header, value);
            } catch (IllegalArgumentException e) {
                reader.fault(key, "(set)", "a header that can be sent along: " + e.getMessage());
            }
            headers.put(header, value);
        }
        List<String> models = reader.list(start + "models", "");
        URI base = base(reader, start + "url");
        if (!reader.isSet(start + "url")) {
            reader.fault(start + "url", "", "the base URL of this upstream, or `embedded`");
        }
        String key = key(reader, start + "key");
        return new UpstreamTarget(
                name,
                models,
                base,
                key.isEmpty() ? null : key,
                reader.flag(start + "keyless", false) || base.equals(EMBEDDED),
                headers,
                new UpstreamTarget.Limits(
                        reader.duration(start + "timeout", "1 d", Duration.ofSeconds(1), LONGEST),
                        reader.duration(start + "connect-timeout", "10 s", Duration.ofMillis(100), LONGEST)),
                reader.flag(start + "stream-options", true));
    }

    private static String key(SettingsReader reader, String name) {
        String key = reader.secret(name);
        if (!UpstreamKey.canBe(key)) {
            reader.fault(name, "(set)", "one key in ASCII, without blanks or line breaks in it");
        }
        return key;
    }

    private static URI base(SettingsReader reader, String key) {
        return reader.parsedUrl(key, STANDARD, UpstreamSettings::embeddedOrUrl);
    }

    private static URI embeddedOrUrl(String text) {
        try {
            return text.equals("embedded") ? EMBEDDED : OpenAiUpstream.baseUrl(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", or `embedded`", e);
        }
    }
}
