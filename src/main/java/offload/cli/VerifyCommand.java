package offload.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import offload.cli.terminal.Shape;
import offload.cli.terminal.Terminal;
import offload.engine.Verification;
import offload.json.JsonWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verify}: whether the data folder holds what it promises. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the whole data folder and tells what is not as it should be, with its remedy.",
            "",
            "Every event file is a whole number of records, every final one has ended, every status is whole.",
            "Nothing is changed; a server may work meanwhile.",
            "Exits with 1 where something is wrong."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Installation installation;
    private final Terminal terminal;

    @Mixin
    private Shape shape = new Shape();

    VerifyCommand(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        terminal.progress("reading " + installation.dataFolder());
        Verification.Report report = Verification.of(installation.filledFolder());
        terminal.progress("");
        if (shape.isJson()) {
            terminal.out().println(terminal.shownJson(json(report)));
        } else {
            report.lines().stream().map(terminal::shown).forEach(terminal.out()::println);
        }
        return report.exitStatus();
    }

    private static String json(Verification.Report report) {
        JsonWriter out = new JsonWriter().beginObject().name("turns").value(report.turns());
        out.name("running").value(report.running()).name("faults").beginArray();
        for (Verification.Fault fault : report.faults()) {
            out.beginObject().name("path").value(fault.path()).name("what").value(fault.what());
            out.name("remedy").value(fault.remedy()).endObject();
        }
        return Shown.text(out.endArray().endObject());
    }
}
