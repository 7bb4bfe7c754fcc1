package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deletion leaves that meets a folder or a device at fault. */
class DeletionIT {
    private static final Pattern STATUS_URL = Pattern.compile("\"status_url\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    @Test
    void one_that_fails_leaves_the_turn_whole_and_the_next_one_removes_it() throws Exception {
        try (FrontDoor door = FrontDoor.open(folder, Map.of("data-dir", folder.toString()))) {
            URI status = finished(door);
            Path log = Path.of(door.file(status).toString().replace(".json", ".txt"));
            Path obstacle = folder.resolve(".offload/deleted");
            Files.delete(obstacle);
            Files.writeString(obstacle, "no folder");
            assertTrue(delete(door, status) >= 500);
            assertTrue(Files.readString(log).contains("[DONE]"));
            assertEquals(200, exchange(door, "GET", status).status());
            Files.delete(obstacle);
            assertEquals(204, delete(door, status));
            assertFalse(Files.exists(log));
            assertEquals(404, exchange(door, "GET", status).status());
        }
    }

    @Test
    void a_turn_can_be_deleted_where_the_device_has_no_room_for_another_file() throws Exception {
        Path device = Files.createDirectory(folder.resolve("device"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "nr_inodes=200", "tmpfs", device.toString()) == 0,
                "a tmpfs cannot be mounted: that needs root");
        try (FrontDoor door = FrontDoor.open(folder, Map.of("data-dir", device.toString()))) {
            URI status = finished(door);
            fill(device);
            assertEquals(204, delete(door, status));
            assertFalse(Files.exists(door.file(status)));
        } finally {
            run("umount", "-l", device.toString());
        }
    }

    private static URI finished(FrontDoor door) throws IOException {
        try (RawHttp http = door.send(FrontDoor.submission(FrontDoor.JSON))) {
            String answer = http.response().text();
            Matcher url = STATUS_URL.matcher(answer);
            assertTrue(url.find(), answer);
            URI status = door.here(url.group(1));
            RawHttp.exchange("GET", URI.create(status + "?wait=30"), "");
            return status;
        }
    }

    private static int delete(FrontDoor door, URI status) throws IOException {
        return exchange(door, "DELETE", status).status();
    }

    private static RawHttp.Response exchange(FrontDoor door, String method, URI url) throws IOException {
        try (RawHttp http = door.send(FrontDoor.get(url.getPath()).replace("GET ", method + " "))) {
            return http.response();
        }
    }

    private static void fill(Path device) {
        for (int i = 0; ; i++) {
            try {
                Files.createFile(device.resolve("filler-" + i));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }
}
