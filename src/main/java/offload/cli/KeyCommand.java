package offload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Shape;
import offload.cli.terminal.Terminal;
import offload.files.DataFolder;
import offload.json.JsonWriter;
import offload.keys.KeyFault;
import offload.keys.KeyFolder;
import offload.keys.ServiceKey;
import offload.keys.UsageFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key}: who may submit. A running server sees what is changed here within a second. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(create | list | revoke | usage)",
        description = {
            "Makes, lists and revokes service keys. A running server sees a change within a second.",
            "",
            "While no key was ever made, everybody who reaches the server may submit; then nobody without one.",
            "Callers send it as X-API-Key, X-RapidAPI-Key or Authorization: Bearer."
        })
final class KeyCommand implements Runnable {
    private final Installation installation;
    private final Terminal terminal;

    KeyCommand(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new CommandFault("say what to do: key create, key list, key revoke or key usage", CommandFault.UNUSABLE);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Makes a key and prints it alone on standard output. It is shown this once: only its hash is kept.",
                "  key=$(offload key create --name website --quota 10000 --rate 60)"
            })
    void create(
            @Option(names = "--name", description = "What to call it; need not be unique.") @Nullable String name,
            @Option(names = "--quota", paramLabel = "PER_MONTH", description = "Requests in a calendar month (UTC).")
                    @Nullable
                    Long quota,
            @Option(names = "--rate", paramLabel = "PER_MINUTE", description = "Requests in any 60 seconds.") @Nullable
                    Integer rate)
            throws IOException {
        KeyFolder.Created created = made(name, quota, rate);
        terminal.out().println(created.text());
        if (terminal.out().checkError()) {
            throw new CommandFault("the key " + created.key().prefix()
                    + "... was made and could not be printed: revoke it, and make another");
        }
        terminal.tell("made the key " + created.key().prefix() + "... ("
                + created.key().name() + "): keep it now, it is not shown again");
    }

    private KeyFolder.Created made(@Nullable String name, @Nullable Long quota, @Nullable Integer rate)
            throws IOException {
        try {
            return keys(true).create(name, quota, rate);
        } catch (KeyFault e) {
            throw new CommandFault(String.valueOf(e.getMessage()), CommandFault.UNUSABLE);
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the keys in force, oldest first.")
    void list(@Mixin Shape shape) throws IOException {
        List<ServiceKey> all = inForce(keys(false));
        if (shape.isJson()) {
            JsonWriter out = new JsonWriter().beginArray();
            all.forEach(key -> describe(out.beginObject(), key).endObject());
            terminal.out().println(terminal.shownJson(Shown.text(out.endArray())));
            return;
        }
        Table table = new Table("PREFIX", "NAME", "MADE", "QUOTA/MONTH", "RATE/MINUTE");
        all.forEach(key -> table.row(
                key.prefix(),
                key.name(),
                key.createdAt().toString(),
                Shown.limit(key.quotaPerMonth()),
                Shown.limit(key.ratePerMinute())));
        table.print(terminal);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Revokes a key: running servers refuse it within a second. What it has started goes on.")
    void revoke(
            @Parameters(paramLabel = "NAME_OR_PREFIX", description = "Of the key, as `key list` shows it.")
                    String which)
            throws IOException, KeyFault {
        KeyFolder keys = keys(false);
        inForce(keys);
        ServiceKey gone = keys.revoke(which);
        terminal.out().println(terminal.shown("revoked " + gone.prefix() + " (" + gone.name() + ")"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows how many requests each key made in each month, revoked ones too.")
    void usage(
            @Mixin Shape shape,
            @Parameters(arity = "0..1", paramLabel = "NAME_OR_PREFIX", description = "Of one key only.") @Nullable
                    String which)
            throws IOException, KeyFault {
        KeyFolder keys = keys(false);
        List<ServiceKey> all = inForce(keys);
        List<ServiceKey> chosen = which == null ? all : keys.called(which);
        List<ServiceKey> gone =
                which == null ? keys.revoked().content().keys() : keys.revoked().called(which);
        if (which != null && chosen.isEmpty() && gone.isEmpty()) {
            keys.find(which);
        }
        UsageFolder usage = new UsageFolder(keyFolder());
        JsonWriter out = new JsonWriter().beginArray();
        Table table = new Table("PREFIX", "NAME", "MONTH", "REQUESTS", "QUOTA");
        for (ServiceKey key : chosen) {
            SortedMap<YearMonth, Long> months = usage.months(key.prefix());
            months.putIfAbsent(YearMonth.now(ZoneOffset.UTC), 0L);
            addUsage(key, months, true, table, out);
        }
        for (ServiceKey key : gone) {
            addUsage(key, usage.months(key.prefix()), false, table, out);
        }
        if (shape.isJson()) {
            terminal.out().println(terminal.shownJson(Shown.text(out.endArray())));
        } else {
            table.print(terminal);
        }
    }

    private static void addUsage(
            ServiceKey key, SortedMap<YearMonth, Long> months, boolean inForce, Table table, JsonWriter out) {
        String quota = inForce ? Shown.limit(key.quotaPerMonth()) : "revoked";
        describe(out.beginObject(), key)
                .name("revoked")
                .value(!inForce)
                .name("months")
                .beginObject();
        months.forEach((month, count) -> {
            out.name(month.toString()).value(count);
            table.row(key.prefix(), key.name(), month.toString(), "" + count, quota);
        });
        out.endObject().endObject();
    }

    /** All keys in force. What may be one that somebody looks for, and is damaged, is told besides. */
    private List<ServiceKey> inForce(KeyFolder keys) throws IOException {
        KeyFolder.Content content = keys.content();
        content.damaged().forEach(file -> terminal.fault(file + " holds no key and admits nobody: remove it"));
        return content.keys();
    }

    private static JsonWriter describe(JsonWriter out, ServiceKey key) {
        out.name("prefix").value(key.prefix()).name("name").value(key.name());
        out.name("created_at").value(key.createdAt().toString());
        if (key.quotaPerMonth() != null) {
            out.name("quota_per_month").value(key.quotaPerMonth());
        }
        if (key.ratePerMinute() != null) {
            out.name("rate_per_minute").value(key.ratePerMinute());
        }
        return out;
    }

    private KeyFolder keys(boolean make) throws IOException {
        Path folder = make ? DataFolder.forCommand(installation.dataFolder()).keys() : keyFolder();
        return new KeyFolder(folder, InstantSource.system());
    }

    /** Without making anything: who only looks leaves no folder behind. */
    private Path keyFolder() throws IOException {
        return installation.filledFolder().keys();
    }
}
