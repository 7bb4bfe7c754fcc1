package offload.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose standard output takes nothing. */
class LostOutputIT {
    private static final File FULL = new File("/dev/full");

    @TempDir
    Path folder = Path.of("");

    @Test
    void what_could_not_be_printed_is_no_success() throws Exception {
        assumeTrue(FULL.exists());
        Files.createDirectory(folder.resolve("data"));
        String list = run("key", "list");
        assertTrue(list.startsWith("1 offload: standard output could not be written"), list);
        String help = run("--help");
        assertTrue(help.startsWith("1 offload: standard output could not be written"), help);
    }

    @Test
    void a_key_that_nobody_has_seen_is_named_so_that_it_can_be_revoked() throws Exception {
        assumeTrue(FULL.exists());
        String made = run("key", "create");
        assertTrue(made.matches("1 offload: the key ofl_\\S+\\.\\.\\. was made and could not be printed: .*\\n"), made);
    }

    @Test
    void an_answer_that_could_not_be_printed_is_told_as_well() throws Exception {
        assumeTrue(FULL.exists());
        byte[] event = "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\nid: 57\n\n".getBytes(UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
            exchange.close();
        });
        server.start();
        String turn = "/1/r/pub/2026/01/01/00/00/00/x.txt";
        String said = run("tail", "http://127.0.0.1:" + server.getAddress().getPort() + turn);
        server.stop(0);
        assertTrue(said.startsWith("1 offload: standard output could not be written"), said);
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "@config/jvm.options",
                "-cp",
                System.getProperty("java.class.path"),
                "offload.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(FULL).redirectError(err.toFile());
        builder.environment().put("OFFLOAD_DATA_DIR", folder.resolve("data").toString());
        int code = builder.start().waitFor();
        return code + " " + Files.readString(err);
    }
}
