package offload.cli;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import offload.settings.Setting;
import offload.upstream.UpstreamTarget;

/** Nothing that a client needs. */
class NoInstallation implements Installation {
    @Override
    public List<String> faults() {
        return List.of();
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Path dataFolder() {
        throw new AssertionError("a client asks for no folder");
    }

    @Override
    public String address() {
        throw new AssertionError("the server was named");
    }

    @Override
    public int retentionDays() {
        return 0;
    }

    @Override
    public List<UpstreamTarget> upstreams() {
        return List.of();
    }

    @Override
    public SSLContext upstreamTrust() {
        throw new AssertionError("a client calls no upstream");
    }
}
