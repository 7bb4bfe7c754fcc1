package offload.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Shape;
import offload.cli.terminal.Terminal;
import offload.json.JsonWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code check}: whether the server would work here. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Looks whether everything is as the server needs it. Each fault is told with its fix.",
            "",
            "The configuration, this Java, the data folder (write, sync, rename, lock, free space), the clocks, and",
            "whether the upstreams can be reached.",
            "Run it as the user of the server. It may be run while a server works on the same folder.",
            "Exits with 1 where something would not work, and with 2 where the configuration is wrong."
        })
final class CheckCommand implements Callable<Integer> {
    private final Installation installation;
    private final Terminal terminal;

    @Mixin
    private Shape shape = new Shape();

    @Option(names = "--offline", description = "Leave the upstreams alone.")
    private boolean offline;

    CheckCommand(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        installation
                .faults()
                .forEach(fault -> findings.add(Finding.bad(
                        "configuration",
                        fault,
                        "correct it; `offload config` shows what is in force, and from where")));
        boolean usable = findings.isEmpty();
        findings.add(JavaCheck.of(Runtime.version()));
        findings.addAll(VariableCheck.of(System.getenv().keySet(), installation.settings()));
        if (usable) {
            findings.addFirst(
                    Finding.good("configuration", installation.settings().size() + " settings, no fault"));
            findings.addAll(new FolderChecks(installation.dataFolder()).run());
            if (!offline) {
                UpstreamCheck upstream = new UpstreamCheck(installation::upstreamTrust);
                installation.upstreams().forEach(target -> findings.add(upstream.of(target)));
            }
        }
        print(findings);
        boolean bad = findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.BAD);
        return !usable ? CommandFault.UNUSABLE : bad ? CommandFault.FAILED : 0;
    }

    private void print(List<Finding> findings) {
        if (shape.isJson()) {
            JsonWriter out = new JsonWriter().beginArray();
            for (Finding finding : findings) {
                out.beginObject().name("grade").value(finding.grade().name().toLowerCase(Locale.ROOT));
                out.name("about").value(finding.about()).name("said").value(finding.said());
                out.name("fix").value(finding.fix()).endObject();
            }
            terminal.out().println(terminal.shownJson(Shown.text(out.endArray())));
            return;
        }
        for (Finding finding : findings) {
            String said = terminal.shown(finding.about() + ": " + finding.said());
            terminal.out().println(mark(finding.grade()) + " " + said);
            if (!finding.fix().isEmpty()) {
                terminal.out().println(terminal.shown("        fix: " + finding.fix()));
            }
        }
    }

    private String mark(Finding.Grade grade) {
        return switch (grade) {
            case GOOD -> terminal.good("ok     ");
            case WARNING -> "warning";
            case BAD -> terminal.bad("FAULT  ");
        };
    }
}
