package offload.cli;

import java.util.List;
import java.util.concurrent.Callable;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Shape;
import offload.cli.terminal.Terminal;
import offload.json.JsonWriter;
import offload.settings.Setting;
import offload.settings.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code config}: what is in force, and where it comes from. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = {
            "Shows every setting as it is in force, and where it comes from: the default, a file, or a variable.",
            "Secrets are not shown, only whether they are set."
        })
final class ConfigCommand implements Callable<Integer> {
    private final Installation installation;
    private final Terminal terminal;

    @Mixin
    private Shape shape = new Shape();

    @Parameters(arity = "0..1", paramLabel = "KEY", description = "Only keys that begin so, such as `upstream`.")
    private String start = "";

    ConfigCommand(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Setting> shown = installation.settings().stream()
                .filter(setting -> setting.key().startsWith(start))
                .toList();
        if (shown.isEmpty()) {
            List<String> keys =
                    installation.settings().stream().map(Setting::key).toList();
            String said =
                    "no setting begins with `" + start + "`: `offload config` shows all" + Suggestion.of(start, keys);
            throw new CommandFault(said, CommandFault.UNUSABLE);
        }
        if (shape.isJson()) {
            terminal.out().println(terminal.shownJson(json(shown)));
        } else {
            Table table = new Table("KEY", "VALUE", "FROM");
            shown.forEach(setting ->
                    table.row(setting.key(), setting.shown().isEmpty() ? "\"\"" : setting.shown(), setting.source()));
            table.print(terminal);
        }
        installation.faults().forEach(fault -> terminal.err().println(terminal.bad(fault)));
        return installation.faults().isEmpty() ? 0 : CommandFault.UNUSABLE;
    }

    private static String json(List<Setting> settings) {
        JsonWriter out = new JsonWriter().beginArray();
        for (Setting setting : settings) {
            out.beginObject().name("key").value(setting.key());
            out.name("value").value(setting.shown());
            out.name("source").value(setting.source());
            out.name("secret").value(setting.secret()).endObject();
        }
        return Shown.text(out.endArray());
    }
}
