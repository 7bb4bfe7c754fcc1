package offload.house;

import java.util.Map;

/** Which room is on which floor. A new room is entered here, and then its imports are held to it. */
final class Floors {
    static final String ROOT = "";

    static final Map<String, Integer> OF = Map.ofEntries(
            Map.entry("sse", 0),
            Map.entry("json", 0),
            Map.entry("sweep", 0),
            Map.entry("settings", 0),
            Map.entry("logs", 0),
            Map.entry("metrics", 0),
            Map.entry("libc", 0),
            Map.entry("address", 0),
            Map.entry("limits", 0),
            Map.entry("disk", 1),
            Map.entry("systemd", 1),
            Map.entry("turn", 1),
            Map.entry("eventlog", 2),
            Map.entry("answer", 2),
            Map.entry("status", 2),
            Map.entry("upstream", 2),
            Map.entry("webhook", 2),
            Map.entry("keys", 2),
            Map.entry("files", 3),
            Map.entry("engine", 4),
            Map.entry("http", 5),
            Map.entry("cli", 6),
            Map.entry(ROOT, 7));

    /** On which floor of the room around it a room inside another is. */
    static final Map<String, Integer> INSIDE = Map.ofEntries(
            Map.entry("offload.cli.terminal", 0),
            Map.entry("offload.cli.client", 1),
            Map.entry("offload.engine.execution", 0),
            Map.entry("offload.engine.idempotency", 0),
            Map.entry("offload.files.liveness", 0),
            Map.entry("offload.http.message", 0),
            Map.entry("offload.http.connection", 1),
            Map.entry("offload.http.head", 2),
            Map.entry("offload.http.stream", 2),
            Map.entry("offload.http.console", 3),
            Map.entry("offload.http.listener", 3),
            Map.entry("offload.http.turns", 3),
            Map.entry("offload.upstream.openai.body", 0),
            Map.entry("offload.upstream.openai.connection", 0),
            Map.entry("offload.upstream.openai", 1),
            Map.entry("offload.upstream.sample", 1),
            Map.entry("offload.webhook.call", 0));

    private Floors() {}

    /** The room of a package or of a qualified type name below {@code offload}. */
    static String roomOf(String qualifiedName) {
        String[] parts = qualifiedName.split("\\.");
        return parts.length > 1 && Character.isLowerCase(parts[1].charAt(0)) ? parts[1] : ROOT;
    }

    /** The package in a qualified name: its leading parts in lower case. */
    static String packageOf(String qualifiedName) {
        StringBuilder found = new StringBuilder();
        for (String part : qualifiedName.split("\\.")) {
            if (!Character.isLowerCase(part.charAt(0))) {
                break;
            }
            found.append(found.isEmpty() ? "" : ".").append(part);
        }
        return found.toString();
    }
}
