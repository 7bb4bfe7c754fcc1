package offload;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import offload.address.HostInUrl;
import offload.cli.Installation;
import offload.settings.Setting;
import offload.upstream.UpstreamTarget;

/** The installation that a configuration describes. */
record ConfiguredInstallation(OffloadConfig.Draft draft) implements Installation {
    /** Where it is not known which one was free. */
    private static final int USUAL_PORT = 8080;

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
    public String address() {
        String host = draft.config().http().host();
        int port = draft.config().http().port();
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        String named = any ? "127.0.0.1" : HostInUrl.of(host);
        return "http://" + named + ":" + (port == 0 ? USUAL_PORT : port);
    }

    @Override
    public int retentionDays() {
        return usable().data().retentionDays();
    }

    @Override
    public List<UpstreamTarget> upstreams() {
        return usable().upstream().targets();
    }

    @Override
    public SSLContext upstreamTrust() {
        return usable().upstream().client().trust();
    }

    private OffloadConfig usable() {
        try {
            return draft.usable();
        } catch (BadConfiguration e) {
            throw e.asFault();
        }
    }
}
