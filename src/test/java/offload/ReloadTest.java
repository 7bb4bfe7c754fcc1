package offload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import offload.settings.Setting;
import org.junit.jupiter.api.Test;

class ReloadTest {
    private static List<Setting> settings(Map<String, String> variables) {
        OffloadConfig.Draft draft = OffloadConfig.draft(null, variables::get);
        assertEquals(List.of(), draft.faults());
        return draft.settings();
    }

    @Test
    void what_is_read_at_the_start_only_waits_for_the_next_one() {
        Map<String, String> changed = Map.of(
                "OFFLOAD_HOST", "127.0.0.2",
                "OFFLOAD_WEBHOOK_SECRET", "another",
                "OFFLOAD_PUBLIC_URL", "https://offload.example",
                "OFFLOAD_MODEL", "gpt-4");
        List<String> waiting = Reload.waiting(settings(Map.of()), settings(changed));
        assertEquals(
                List.of("host", "public-url", "webhook.secret"),
                waiting.stream().sorted().toList());
    }

    @Test
    void what_holds_at_once_does_not_wait() {
        Map<String, String> changed = Map.of(
                "OFFLOAD_UPSTREAMS", "local",
                "OFFLOAD_UPSTREAMS_LOCAL_URL", "http://127.0.0.1:1/v1",
                "OFFLOAD_UPSTREAM_URL", "embedded",
                "OFFLOAD_TIMEOUT_MAX", "120",
                "OFFLOAD_LIMITS_TURNS", "7",
                "OFFLOAD_CORS_ORIGINS", "https://app.example",
                "OFFLOAD_LOG_LEVEL", "debug");
        assertEquals(List.of(), Reload.waiting(settings(Map.of()), settings(changed)));
    }

    @Test
    void what_was_put_back_does_not_wait() {
        Map<String, String> start = Map.of("OFFLOAD_PORT", "9000");
        assertEquals(List.of(), Reload.waiting(settings(start), settings(start)));
    }
}
