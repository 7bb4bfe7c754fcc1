package offload;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import offload.settings.Setting;

/** What a configuration that is read again changes at once, and what it changes at the next start only. Stateless. */
final class Reload {
    private static final Pattern AT_ONCE = Pattern.compile("upstreams(\\..*)?|upstream\\.(url|key|stream-options)|model"
            + "|timeout\\..*|limits\\.(body|turns)|cors\\.origins|log\\..*");

    private Reload() {}

    /** The keys that are not as they were at the {@code start}, and are in force as they were. */
    static List<String> waiting(List<Setting> start, List<Setting> now) {
        Map<String, String> before = start.stream().collect(Collectors.toMap(Setting::key, Setting::value));
        return now.stream()
                .filter(setting -> !AT_ONCE.matcher(setting.key()).matches())
                .filter(setting -> !setting.value().equals(before.get(setting.key())))
                .map(Setting::key)
                .toList();
    }
}
