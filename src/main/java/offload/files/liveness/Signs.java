package offload.files.liveness;

import java.nio.file.Path;

/** Where the signs by which a node lives are in its folder. Stateless. */
public final class Signs {
    private Signs() {}

    /** What the node holds locked for as long as it lives. */
    public static Path lock(Path folder) {
        return folder.resolve("lock");
    }

    /** A number that grows. */
    static Path heartbeat(Path folder) {
        return folder.resolve("heartbeat");
    }

    /** On which run of which kernel, and on which mount, the node lives. */
    static Path boot(Path folder) {
        return folder.resolve("boot");
    }
}
