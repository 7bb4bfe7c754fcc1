package offload.cli;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Shape;
import offload.cli.terminal.Terminal;
import offload.disk.Folders;
import offload.files.NodeLayout;
import offload.json.JsonWriter;
import offload.webhook.OutboxReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code webhook}: deliveries that are still due, or were given up. */
@Command(
        name = "webhook",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | show | retry)",
        description = {
            "Shows webhooks that are not delivered, and has them tried again.",
            "",
            "States: dormant (the turn still runs), pending (due, or waiting for the next try), dead (given up)."
        })
final class WebhookCommand implements Runnable {
    private static final String UNKNOWN = "there is no such webhook that is not delivered: `webhook list` shows them";
    private final Installation installation;
    private final Terminal terminal;

    WebhookCommand(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new CommandFault("say what to do: webhook list, webhook show or webhook retry", CommandFault.UNUSABLE);
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the webhooks that are not delivered.")
    void list(@Mixin Shape shape) throws IOException {
        List<OutboxReader.Item> items = outboxes().list();
        if (shape.isJson()) {
            JsonWriter out = new JsonWriter().beginArray();
            items.forEach(item -> describe(out, item));
            terminal.out().println(terminal.shownJson(Shown.text(out.endArray())));
            return;
        }
        Table table = new Table("ID", "STATE", "TRIES", "NEXT TRY", "URL", "TURN");
        items.forEach(item ->
                table.row(item.id(), item.state(), "" + item.tries(), when(item.dueAt()), item.url(), item.turn()));
        table.print(terminal);
    }

    private static String when(@org.jspecify.annotations.Nullable Instant time) {
        return time == null ? "-" : time.toString();
    }

    private static void describe(JsonWriter out, OutboxReader.Item item) {
        out.beginObject().name("id").value(item.id()).name("turn").value(item.turn());
        out.name("state").value(item.state()).name("url").value(item.url());
        out.name("tries").value(item.tries());
        if (item.dueAt() != null) {
            out.name("due_at").value(item.dueAt().toString());
        }
        out.endObject();
    }

    @Command(mixinStandardHelpOptions = true, description = "Shows one webhook with all its tries, as JSON.")
    void show(@Parameters(paramLabel = "ID_OR_TURN", description = "As `webhook list` shows it.") String which)
            throws IOException {
        JsonObject found = outboxes().show(which).orElseThrow(() -> new CommandFault(UNKNOWN));
        terminal.out().println(terminal.shownJson(found.toString()));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Has a webhook tried now, with a fresh schedule, also when it was given up.")
    void retry(@Parameters(paramLabel = "ID_OR_TURN", description = "As `webhook list` shows it.") String which)
            throws IOException {
        if (!outboxes().retry(which)) {
            throw new CommandFault(UNKNOWN + "; a dormant one waits for the end of its turn");
        }
        terminal.out().println("asked for: a running server tries within a second, another one when it starts");
    }

    private OutboxReader outboxes() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path node : Folders.list(installation.filledFolder().nodes())) {
            folders.add(new NodeLayout(node).webhooks());
        }
        return new OutboxReader(folders);
    }
}
