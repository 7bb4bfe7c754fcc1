package offload.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import offload.disk.Folders;
import offload.disk.Presence;
import org.jspecify.annotations.Nullable;

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

    /** Hears of one folder after another that cannot be looked into. */
    interface Missed {
        /** {@code why} is null for a link: one that leads nowhere, as to a device that is not mounted, or cannot be followed. */
        void folder(Path folder, @Nullable IOException why) throws IOException;
    }

    /**
     * Shows {@code visit} all below {@code tree}, folder by folder: what goes meanwhile, a deleted turn or a day that retention
     * removes, is not there. Folders may be links, of which none leads deeper than a date.
     *
     * @throws AccessDeniedException where this process may not look: who may will see all
     */
    static void each(Path tree, Visit visit, Missed missed) throws IOException {
        each(tree, LEVELS, visit, missed);
    }

    private static void each(Path folder, int levels, Visit visit, Missed missed) throws IOException {
        List<Path> entries = List.of();
        try {
            if (Presence.of(folder)) {
                entries = Folders.list(folder);
            } else if (Files.isSymbolicLink(folder)) {
                missed.folder(folder, null);
            }
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            missed.folder(folder, Files.isSymbolicLink(folder) ? null : e);
        }
        for (Path entry : entries) {
            if (levels == 0) {
                visit.file(entry);
            } else {
                each(entry, levels - 1, visit, missed);
            }
        }
    }
}
