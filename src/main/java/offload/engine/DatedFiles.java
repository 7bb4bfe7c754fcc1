package offload.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.disk.Folders;

/** What lies where the files of turns do, below the folders of a date. Stateless; any thread. */
final class DatedFiles {
    /** Year, month, day, hour, minute and second. */
    private static final int LEVELS = 6;

    private DatedFiles() {}

    /** Is given one file after another, or whatever stands in the place of one. */
    interface Visit {
        /** It may be gone by now. */
        void file(Path file) throws IOException;
    }

    /**
     * Shows {@code visit} all below {@code tree}, folder by folder: what goes meanwhile, a deleted turn or a day that retention
     * removes, is not there. Folders may be links, of which none leads deeper than a date; those that lead nowhere, to a device
     * that is not mounted for example, are shown {@code lost}.
     */
    static void each(Path tree, Visit visit, Visit lost) throws IOException {
        each(tree, LEVELS, visit, lost);
    }

    private static void each(Path folder, int levels, Visit visit, Visit lost) throws IOException {
        if (Files.isSymbolicLink(folder) && !Files.exists(folder)) {
            lost.file(folder);
        } else if (Files.isDirectory(folder)) {
            for (Path entry : Folders.list(folder)) {
                if (levels == 0) {
                    visit.file(entry);
                } else {
                    each(entry, levels - 1, visit, lost);
                }
            }
        }
    }
}
