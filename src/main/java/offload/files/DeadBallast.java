package offload.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.disk.Folders;
import offload.files.liveness.FailureDetector;

/**
 * The ballast of dead nodes. A server that was killed on a full device left its ballast behind, and the next one needs just
 * that room to start, and to finish what was left running. Stateless.
 */
final class DeadBallast {
    private DeadBallast() {}

    /** Removes it, wherever a node's lock can be taken; whether there was any. */
    static boolean giveUp(DataFolder data) throws IOException {
        boolean any = false;
        for (Path node : Folders.list(data.nodes())) {
            if (!FailureDetector.isHere(String.valueOf(node.getFileName())) && FailureDetector.isFree(node)) {
                NodeLayout dead = new NodeLayout(node);
                any |= Files.deleteIfExists(dead.ballast());
                for (Path claimed : Folders.list(dead.claims())) {
                    any |= Files.deleteIfExists(new NodeLayout(claimed).ballast());
                }
            }
        }
        return any;
    }
}
