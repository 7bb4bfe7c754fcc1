package offload;

import java.nio.file.Path;
import java.util.List;
import offload.cli.CommandFault;
import offload.cli.Installation;
import offload.settings.Setting;
import offload.upstream.UpstreamTarget;

/** The installation that a configuration describes. */
record ConfiguredInstallation(OffloadConfig.Draft draft) implements Installation {

    @Override
    public List<String> faults() {
        return draft.faults();
    }

    @Override
    public List<Setting> settings() {
        return draft.settings();
    }

    @Override
    public Path dataFolder() {
        return usable().data().folder();
    }

    @Override
    public int retentionDays() {
        return usable().data().retentionDays();
    }

    @Override
    public List<UpstreamTarget> upstreams() {
        return usable().upstream().targets();
    }

    private OffloadConfig usable() {
        if (!draft.faults().isEmpty()) {
            throw new CommandFault(
                    String.valueOf(new BadConfiguration(draft.faults()).getMessage()), CommandFault.UNUSABLE);
        }
        return draft.config();
    }
}
