package offload.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import offload.cli.terminal.CommandFault;
import offload.disk.Presence;
import offload.files.DataFolder;
import offload.settings.Setting;
import offload.upstream.UpstreamTarget;

/** What the operator's commands work on: an installation as its configuration describes it. */
public interface Installation {

    /** What is wrong with the configuration, a sentence each; empty where it is good. */
    List<String> faults();

    /** Every setting as it is in force. */
    List<Setting> settings();

    /** The data folder. A {@link CommandFault} where the configuration has faults. */
    Path dataFolder();

    /**
     * The same for who looks through it. A wrong path, a device that is not mounted, or a folder of another user must not
     * pass for an empty one.
     */
    default DataFolder filledFolder() throws IOException {
        Path folder = dataFolder();
        if (!Presence.of(folder) || !Files.isDirectory(folder)) {
            throw new CommandFault("there is no folder " + folder + ": correct data-dir, or mount what holds it");
        }
        if (!Files.isExecutable(folder)) {
            throw new AccessDeniedException(folder.toString());
        }
        return DataFolder.seen(folder);
    }

    /** The base URL of a server with this configuration, for clients on the same machine. */
    String address();

    /** How many whole days are kept besides today; 0 for all. */
    int retentionDays();

    /** The upstreams; one inside Offload has no http address. */
    List<UpstreamTarget> upstreams();

    /** Whom the server trusts where an upstream is called over TLS. */
    SSLContext upstreamTrust();
}
