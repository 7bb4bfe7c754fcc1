package offload.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import offload.testing.OffloadProcess;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No restart makes room: where the data folder has none, it would only end the turns that still run. */
class FullFolderIT {
    @TempDir
    Path folder = Path.of("");

    @Test
    void the_watchdog_is_fed_where_the_data_folder_has_merely_no_room() throws Throwable {
        Path path = folder.resolve("notify");
        try (DatagramSocketFile socket = new DatagramSocketFile(path);
                OffloadProcess server = OffloadProcess.start(
                        Map.of(
                                "NOTIFY_SOCKET", path.toString(),
                                "WATCHDOG_USEC", "600000",
                                "OFFLOAD_PORT", "0",
                                "OFFLOAD_SHUTDOWN_GRACE", "0",
                                "OFFLOAD_STORAGE_MIN_FREE", "1000000 GiB",
                                "OFFLOAD_UPSTREAM_URL", "embedded",
                                "OFFLOAD_DATA_DIR", folder.resolve("data").toString()),
                        "",
                        "serve")) {
            Until.holds("fed", () -> socket.poll().startsWith("WATCHDOG=1"));
            server.signal("TERM");
            assertEquals(0, server.result().code());
        }
    }
}
