package offload.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import offload.disk.SpareFile;
import offload.json.JsonSource;
import org.jspecify.annotations.Nullable;

/**
 * The status file of a turn that runs here, which is replaced time and again. File systems make new files dear, and those of
 * many turns very dear: so from the third time on nothing is made and nothing is removed for that, on file systems of this
 * machine's alone. Two files exchange their names, and the one that was replaced last is written anew, unless somebody still
 * reads it. Under many turns the files that this one leaves become those of others. For one thread at a time.
 */
public final class StatusWriter {
    private final Drafts drafts;
    private final Path target;
    private @Nullable SpareFile spare;
    /** The first status is the turn's marker as well, and must stay what it is. */
    private boolean ownFile;

    /** For {@code target}, which is there. */
    public StatusWriter(NodeFolder node, Path target) {
        this.drafts = node.drafts();
        this.target = target;
    }

    /** Replaces the status by one that others will follow. */
    public void replace(JsonSource content) throws IOException {
        SpareFile draft = draft(content);
        if (ownFile && drafts.mayRewrite() && draft.exchange(target)) {
            spare = draft;
        } else {
            WholeFile.moveOver(draft.path(), target);
            ownFile = true;
        }
    }

    private SpareFile draft(JsonSource content) throws IOException {
        SpareFile known = spare;
        if (known != null && content.length() <= Drafts.LONG && known.rewrite(content.bytes())) {
            spare = null;
            return known;
        }
        leave();
        return new SpareFile(drafts.of(content));
    }

    /** Writes the last status beside the one that is there: the caller forces it to the device, where it must last. */
    public Path prepareLast(JsonSource content) throws IOException {
        SpareFile last = draft(content);
        spare = last;
        return last.path();
    }

    /** Replaces the status by the last one, after which there is no other. */
    public void publishLast() throws IOException {
        SpareFile last = Objects.requireNonNull(spare, "prepared before");
        if (!drafts.wantMore() || !last.exchange(target)) {
            spare = null;
            WholeFile.moveOver(last.path(), target);
        }
    }

    /** Removes {@code marker}, which the first status was as well; nothing where there is none. */
    public void removeMarker(Path marker) throws IOException {
        if (ownFile || spare == null) {
            drafts.removeElsewhere(marker);
        } else {
            // The first status itself is still here, under the name of a draft.
            SpareFiles.removeAtOnce(marker);
        }
    }

    /** Nothing more is written: what is not the status goes. */
    public void leave() throws IOException {
        SpareFile known = spare;
        spare = null;
        if (known != null) {
            drafts.remove(known.path());
        }
    }
}
