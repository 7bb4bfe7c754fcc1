package offload.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import offload.cli.terminal.Faults;
import offload.disk.FolderProbe;
import offload.files.NodeFolder;
import offload.turn.TurnPath;

/** Looks whether the data folder does what the server needs, and whether the clocks are right. */
final class FolderChecks {
    private static final long FEW_BYTES = 1L << 30;
    private static final Duration SLOW_SYNC = Duration.ofMillis(100);
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final Path folder;
    private final List<Finding> findings = new ArrayList<>();

    FolderChecks(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** One thing to try; what it answers is told. */
    private interface Trial {
        Finding run() throws IOException;
    }

    List<Finding> run() {
        Path existing = folder;
        while (!Files.isDirectory(existing) && existing.getParent() != null) {
            if (Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
                findings.add(Finding.bad(
                        "data folder", existing + " is there, and is no folder", "move it away, or set data-dir"));
                return findings;
            }
            if (!Files.notExists(existing, LinkOption.NOFOLLOW_LINKS)) {
                findings.add(Finding.bad(
                        "data folder",
                        folder + " cannot be looked at",
                        "run this as the user of the server, and look at the disk"));
                return findings;
            }
            existing = existing.getParent();
        }
        if (existing.equals(folder)) {
            findings.add(Finding.good("data folder", folder.toString()));
        } else {
            findings.add(Finding.warning(
                    "data folder",
                    folder + " does not exist yet",
                    "nothing, if that is the right place: the server makes it; else set data-dir"));
        }
        FolderProbe probe = new FolderProbe(existing);
        boolean writable = attempt(
                "write, sync",
                "make " + existing + " writable for the server's user (chown), and look at the disk",
                () -> sync(probe));
        if (writable) {
            whatItNeeds(probe);
        }
        attempt("free space", "look at the mount", () -> space(probe));
        return findings;
    }

    /** Where nothing can be written all of these fail, and their fixes mend nothing. */
    private void whatItNeeds(FolderProbe probe) {
        attempt(
                "rename",
                "use a file system that replaces files by rename: any local one, NFS, CephFS, GlusterFS",
                () -> {
                    probe.rename();
                    return Finding.good("rename", "replaces a file in one step");
                });
        attempt("lock", "the file system must offer POSIX locks: on NFS mount without `nolock`", () -> {
            probe.lock();
            return Finding.good("lock", "files can be locked");
        });
        attempt(
                "modes",
                "mount it with the server's uid, or use a file system that has modes: the server does not start here",
                () -> modes(probe));
        findings.add(names(probe));
        attempt("clock", "look at the mount", () -> clock(probe));
    }

    private boolean attempt(String about, String fix, Trial trial) {
        try {
            return findings.add(trial.run());
        } catch (IOException | RuntimeException e) {
            findings.add(Finding.bad(about, Faults.sentence(e), fix));
            return false;
        }
    }

    private static Finding sync(FolderProbe probe) throws IOException {
        Duration took = probe.writeSyncRead();
        String said = "written, synced in " + Shown.millis(took) + " and read";
        return took.compareTo(SLOW_SYNC) < 0
                ? Finding.good("write, sync", said)
                : Finding.warning("write, sync", said, "storage.sync: interval or final wait less for such a disk");
    }

    private static Finding modes(FolderProbe probe) throws IOException {
        return probe.closeFolder()
                ? Finding.good("modes", "a folder can be closed to others")
                : Finding.warning(
                        "modes",
                        "the file system keeps no modes: others may read .offload/secret, which opens private turns",
                        "mount it with the server's uid and umask=077, or use another file system");
    }

    private static Finding names(FolderProbe probe) {
        int longest = TurnPath.LONGEST_MARKER + NodeFolder.CLAIMING.length();
        try {
            probe.longName(longest);
            return Finding.good("names", "may have " + longest + " characters");
        } catch (IOException e) {
            return Finding.warning(
                    "names",
                    "none of " + longest + " characters can be made: with long conversation_ids submissions get 503",
                    "use a file system that takes names of 255 characters, or shorter conversation_ids");
        }
    }

    private static Finding space(FolderProbe probe) throws IOException {
        long free = probe.freeBytes();
        String said = Shown.bytes(free) + " are free";
        return free >= FEW_BYTES
                ? Finding.good("free space", said)
                : Finding.warning("free space", said, "set retention.days, or give the folder a larger disk");
    }

    private static Finding clock(FolderProbe probe) throws IOException {
        if (Instant.now().isBefore(LONG_AGO)) {
            return Finding.bad("clock", "it is " + Instant.now() + " here", "set the clock; run an NTP client");
        }
        Duration ahead = probe.clockAhead();
        return ahead.abs().compareTo(CLOCK_SLACK) < 0
                ? Finding.good("clock", "this machine and the file system agree: " + Instant.now())
                : Finding.warning(
                        "clock",
                        "the file system is " + Shown.millis(ahead) + " ahead of this machine",
                        "run an NTP client on both");
    }
}
