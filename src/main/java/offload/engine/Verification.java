package offload.engine;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import offload.answer.AnswerAssembler;
import offload.eventlog.EventLogScan;
import offload.files.DataFolder;
import offload.files.TurnFiles;
import offload.files.WholeFile;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonMember;
import offload.status.StatusParts;
import offload.status.StatusText;
import offload.turn.Access;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole data folder: every status is whole JSON; every final turn's event log is whole records up to its
 * {@code [DONE]}, as long as its status says and with the SHA-256 that stands there; every turn that is not final is
 * somebody's. It reads only, and servers may run meanwhile. For one thread.
 */
public final class Verification {
    private static final int LOOKS = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** Taking a status apart needs so many times its bytes, where its text is not all Latin. */
    private static final int TIMES = 8;

    private static final String FROM_BACKUP = "restore the turn's files from a backup, or delete the turn";
    private static final String LOOK_AT_DEVICE = "look at the device, or restore it from a backup";
    private static final String LARGER_HEAP = "verify with more: OFFLOAD_JAVA_OPTS=-Xmx2g offload verify";

    private final DataFolder data;
    private final List<Fault> faults = new ArrayList<>();
    private List<TurnPath> suspects = new ArrayList<>();
    private int turns;
    private int running;

    private Verification(DataFolder data) {
        this.data = data;
    }

    /**
     * Something that is wrong.
     *
     * @param path the file, relative to the data folder
     * @param what what is wrong with it
     * @param remedy what to do
     */
    public record Fault(String path, String what, String remedy) {
        @Override
        public String toString() {
            return path + ": " + what + "; " + remedy;
        }
    }

    /**
     * What a verification found.
     *
     * @param turns how many turns there are
     * @param running how many of these are not final, and a server works on them
     * @param faults what is wrong, by path
     */
    public record Report(int turns, int running, List<Fault> faults) {
        /** For the process: 0 where all is sound, else 1. */
        public int exitStatus() {
            return faults.isEmpty() ? 0 : 1;
        }

        /** One line for each fault, and one that sums up. */
        public List<String> lines() {
            List<String> lines =
                    new ArrayList<>(faults.stream().map(Fault::toString).toList());
            lines.add(counted(turns, "turn") + ", of which " + running + " are running: "
                    + (faults.isEmpty() ? "all is sound" : counted(faults.size(), "fault")));
            return lines;
        }

        private static String counted(int number, String what) {
            return number + " " + what + (number == 1 ? "" : "s");
        }
    }

    /** Verifies {@code data}. */
    public static Report of(DataFolder data) throws IOException {
        Verification verification = new Verification(data);
        for (Access access : Access.values()) {
            DatedFiles.each(data.tree(access), verification::look, verification::miss);
        }
        verification.lookAgain();
        verification.faults.sort(Comparator.comparing(Fault::path));
        return new Report(verification.turns, verification.running, verification.faults);
    }

    private void look(Path file) throws IOException {
        String relative = data.root().relativize(file).toString();
        int dot = relative.indexOf('.', relative.lastIndexOf('/') + 1);
        TurnPath path =
                dot < 0 ? null : TurnPath.parse(relative.substring(0, dot)).orElse(null);
        if (path == null) {
            return;
        }
        String ending = relative.substring(dot);
        if (ending.equals(".json")) {
            turns++;
            if (check(path) != null) {
                suspects.add(path);
            }
        } else if (List.of(".txt", ".raw").contains(ending)
                && Files.notExists(data.files(path).status(), LinkOption.NOFOLLOW_LINKS)
                && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            faults.add(new Fault(relative, "there is no status beside it", "remove it: no URL leads there"));
        }
    }

    private void miss(Path folder, @Nullable IOException why) {
        String relative = data.root().relativize(folder).toString();
        faults.add(
                why == null
                        ? new Fault(
                                relative, "is a link that leads nowhere", "mount what it leads to, or correct the link")
                        : new Fault(relative, "cannot be looked into: " + why.getMessage(), LOOK_AT_DEVICE));
    }

    /**
     * A turn that changes while it is looked at is looked at again: all of them after each pause, as a folder that was copied
     * from a server at work may hold thousands.
     */
    private void lookAgain() throws IOException {
        List<Fault> last = new ArrayList<>();
        for (int look = 1; look < LOOKS && !suspects.isEmpty(); look++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            last.clear();
            List<TurnPath> still = new ArrayList<>();
            for (TurnPath path : suspects) {
                Fault fault = check(path);
                if (fault != null) {
                    last.add(fault);
                    still.add(path);
                }
            }
            suspects = still;
        }
        faults.addAll(last);
    }

    private @Nullable Fault check(TurnPath path) throws IOException {
        TurnFiles files = data.files(path);
        try {
            if (files.status().toFile().length() > Runtime.getRuntime().maxMemory() / TIMES) {
                return fault(path, ".json", "is too large for the memory of this command", LARGER_HEAP);
            }
            byte[] status = UnreadableFile.read(files.status(), WholeFile::read);
            if (status == null) {
                return null;
            }
            StatusParts parts = StatusParts.parse(status);
            return StatusText.isFinal(status) ? checkFinal(path, files, parts, status) : checkRunning(path);
        } catch (UnreadableFile e) {
            String file = data.root().relativize(e.file()).toString();
            return new Fault(file, "cannot be read: " + e.getMessage(), FROM_BACKUP);
        } catch (NoSuchFileException e) {
            // Gone since it was there: the next look finds the whole turn gone.
            return fault(path, ".txt", "is missing", FROM_BACKUP);
        } catch (JsonFault | RuntimeException e) {
            return fault(path, ".json", "is no whole status", FROM_BACKUP);
        }
    }

    private @Nullable Fault checkFinal(TurnPath path, TurnFiles files, StatusParts parts, byte[] status)
            throws IOException, JsonFault {
        EventLogScan scan =
                UnreadableFile.read(files.events(), log -> EventLogScan.of(log, (record, from, length) -> {}));
        long length = Files.size(files.events());
        JsonObject events = eventsOf(status);
        if (!scan.isDone() || scan.offset() != length) {
            return fault(path, ".txt", "is not whole records up to [DONE] behind byte " + scan.offset(), FROM_BACKUP);
        }
        if (!(events.get("offset") instanceof JsonNumber offset) || offset.longValue() != length) {
            return fault(path, ".txt", "is not as long as events.offset of its status says", FROM_BACKUP);
        }
        if (!(events.get("sha256") instanceof JsonString sum)
                || !sum.getString().equals(scan.sha256())) {
            return fault(path, ".txt", "has not the sha256 of its status", FROM_BACKUP);
        }
        boolean hasRaw = parts.document().kind() == TurnKind.ASYNC && StatusText.isDone(status);
        return hasRaw ? checkRaw(path, files, parts) : null;
    }

    /** Nothing else is parsed: what others said may hold numbers that no parser here can take. */
    private static JsonObject eventsOf(byte[] status) throws JsonFault {
        for (JsonMember member : Json.ownMembers(status)) {
            if (member.name().equals("events")) {
                return Json.object(member.raw().getBytes(StandardCharsets.UTF_8));
            }
        }
        throw new JsonFault("a status without `events`");
    }

    private @Nullable Fault checkRaw(TurnPath path, TurnFiles files, StatusParts parts) throws IOException {
        byte[] raw = UnreadableFile.read(files.raw(), WholeFile::read);
        // Older versions wrote {} where nothing of the answer came.
        List<String> good =
                parts.body().equals("null") ? List.of(AnswerAssembler.NOTHING, "{}") : List.of(parts.body());
        return good.stream().anyMatch(body -> Arrays.equals(raw, body.getBytes(StandardCharsets.UTF_8)))
                ? null
                : fault(path, ".raw", "is not response.body of its status", "write response.body of the status there");
    }

    private @Nullable Fault checkRunning(TurnPath path) throws IOException {
        if (TurnOwners.has(data, path)) {
            running++;
            return null;
        }
        String nodes = forShell(data.nodes());
        String node = forShell(data.nodes().resolve("left"));
        return fault(
                path,
                ".json",
                "is not final, and no server knows of it",
                "have a running server finish it: mkdir -p " + node + "/active && touch " + node + "/lock " + node
                        + "/active/" + path.marker() + " && chown -R --reference=" + forShell(data.root()) + " "
                        + nodes);
    }

    /** What is copied into a shell names one file, whatever its letters are. */
    private static String forShell(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static Fault fault(TurnPath path, String ending, String what, String remedy) {
        return new Fault(path.relative() + ending, what, remedy);
    }
}
