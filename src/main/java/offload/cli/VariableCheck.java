package offload.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import offload.settings.Setting;
import offload.settings.SettingsReader;
import offload.settings.Suggestion;

/** Looks for variables that look like settings and are none: told, and no fault, for others may name theirs like ours. */
public final class VariableCheck {
    private static final Set<String> OTHERS = Set.of(
            "OFFLOAD_CONFIG",
            "OFFLOAD_JAVA_OPTS",
            "OFFLOAD_AOT",
            "OFFLOAD_SERVER",
            "OFFLOAD_API_KEY",
            "OFFLOAD_UPSTREAMS");

    private VariableCheck() {}

    static List<Finding> of(Set<String> variables, List<Setting> settings) {
        String fix = "unset it, or name the setting that is meant: `offload config` lists them";
        return unread(variables, settings).stream()
                .map(said -> Finding.warning("environment", said, fix))
                .toList();
    }

    /** What to say of those of {@code variables} that nothing reads, a sentence each. */
    public static List<String> unread(Set<String> variables, List<Setting> settings) {
        Set<String> known = new TreeSet<>(OTHERS);
        for (Setting setting : settings) {
            known.add(SettingsReader.variable(setting.key()));
            if (setting.secret()) {
                known.add(SettingsReader.variable(setting.key()) + "_FILE");
            }
        }
        List<String> said = new ArrayList<>();
        for (String variable : new TreeSet<>(variables)) {
            if (variable.startsWith("OFFLOAD_") && !known.contains(variable)) {
                said.add(variable + " is no setting" + Suggestion.of(variable, known));
            }
        }
        return said;
    }
}
