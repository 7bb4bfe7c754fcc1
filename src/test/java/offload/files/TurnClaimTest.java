package offload.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import offload.json.JsonSource;
import offload.turn.Access;
import offload.turn.TurnPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name belongs to one turn, and the marker of whoever has it stays. */
class TurnClaimTest {
    private static final TurnPath WANTED = new TurnPath(Access.PUBLIC, 1_700_000_000, "name");

    @TempDir
    Path folder;

    private DataFolder data;
    private NodeFolder node;
    private final List<TurnClaim> claims = new ArrayList<>();

    @BeforeEach
    void makeNode() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        node = NodeFolder.create(data);
    }

    @AfterEach
    void leave() throws IOException {
        for (TurnClaim claim : claims) {
            claim.log().close();
        }
        node.close();
    }

    private TurnClaim take(String status) throws IOException {
        TurnClaim claim = TurnClaim.take(data, node, WANTED, path -> JsonSource.of(status + path.name()));
        claims.add(claim);
        return claim;
    }

    @Test
    void whoever_comes_later_gets_the_next_name() throws IOException {
        assertEquals("name", take("").path().name());
        assertEquals("name-2", take("").path().name());
    }

    @Test
    void whoever_loses_a_name_in_the_very_moment_leaves_the_winner_everything() throws IOException {
        List<TurnClaim> winner = new ArrayList<>();
        TurnClaim loser = TurnClaim.take(data, node, WANTED, path -> {
            // After the look for a marker and before the name is asked for, as another thread may do.
            try {
                if (winner.isEmpty()) {
                    winner.add(take("winner "));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return JsonSource.of("loser");
        });
        claims.add(loser);

        assertEquals("name", winner.getFirst().path().name());
        assertEquals("name-2", loser.path().name());
        byte[] status = "winner name".getBytes(UTF_8);
        assertArrayEquals(status, Files.readAllBytes(data.files(WANTED).status()));
        assertArrayEquals(status, Files.readAllBytes(node.marker(WANTED.marker())));
        assertFalse(Files.exists(node.claiming(WANTED.marker())));
    }
}
