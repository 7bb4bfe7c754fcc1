package offload.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.ServerProcess;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Paths that mean to leave the turns' files get nothing through a proxy that they do not get directly: nothing at all. */
class RefusalsIT {
    /** {@code SECOND} stands for the folder of a private turn's second, {@code TURN} for the turn, both below the shard. */
    private static final List<String> PATHS = List.of(
            "/1/r/.offload/secret",
            "/1/r/pub/../.offload/secret",
            "/1/r/pub/%2e%2e/.offload/secret",
            "/1/r/pub/..%2f.offload/secret",
            "/1/r/pub/%2e%2e%2f%2eoffload%2fsecret",
            "/1/r/pub/..%5c.offload%5csecret",
            "/1/r/pub/..\\.offload\\secret",
            "/1/r/pub/....//.offload/secret",
            "/1/r//.offload/secret",
            "/1/r/./.offload/secret",
            "/1/r/%2eoffload/secret",
            "/1/r/%252e%252e/.offload/secret",
            "/1/r/..;/.offload/secret",
            "/1/r/pub/%c0%ae%c0%ae/.offload/secret",
            "/../.offload/secret",
            "/.offload/secret",
            "//.offload/secret",
            "/offload-files/.offload/secret",
            "/offload-files/TURN.json",
            "/offload-files/TURN.txt",
            "/x/../offload-files/TURN.json",
            "/%6fffload-files/TURN.json",
            "//offload-files/TURN.json",
            "/offload-files/../offload-files/TURN.json",
            "/offload-files../.offload/secret",
            "/1/r/TURN.json",
            "/1/r/TURN.txt",
            "/1/r/TURN.raw",
            "/1/r/TURN.stop",
            "/1/r/TURN.webhook.json",
            "/1/r/TURN.json%00.txt",
            "/1/r/TURN.json/",
            "/1/r/TURN.json;x",
            "/1/r/SECOND/",
            "/1/r/SECOND/.json",
            "/1/r/SECOND",
            "/1/r/pub/../TURN.json",
            "/2/r/TURN.json",
            "/1/R/TURN.json",
            "/1/r/TURN.JSON");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void refusals_are_the_same_through_a_proxy(Proxy.Kind kind) throws Exception {
        Proxy.need(kind);
        Path data = folder.resolve("data");
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                ServerProcess server = ServerProcess.start(
                        data,
                        Map.of(
                                "OFFLOAD_UPSTREAM_URL",
                                upstream.base().toString(),
                                "OFFLOAD_ACCEL_REDIRECT",
                                "/offload-files/"));
                Proxy proxy = Proxy.start(kind, folder.resolve("proxy"), data, server.port())) {
            upstream.always(Script.events(ProxiesIT.chunk("between us", "\"stop\"")));
            Turn turn = Turn.submit(server.url("/"), "async", "private");
            turn.finalStatus(server.url("/"), "Authorization: Bearer " + turn.text("bearer_token"));
            String name = turn.url("status_url").getPath().replaceAll("^/1/r/|\\.json$", "");
            Files.createFile(data.resolve(name + ".stop"));
            String secret = Files.readString(data.resolve(".offload/secret")).strip();
            for (String path : PATHS) {
                String real = path.replace("TURN", name).replace("SECOND", name.replaceFirst("/[^/]*$", ""));
                RawHttp.Response direct = get(server.port(), real);
                RawHttp.Response proxied = get(proxy.url("/").getPort(), real);
                assertRefused(path, direct, secret);
                assertRefused(path, proxied, secret);
                // A proxy may find the form itself at fault, or mend it, or keep its internal location to itself.
                if (proxied.status() != 400 && direct.status() != 400 && !path.contains("ffload-files")) {
                    assertEquals(direct.status(), proxied.status(), path);
                    assertEquals(direct.text(), proxied.text(), path);
                }
            }
        }
    }

    private static RawHttp.Response get(int port, String path) throws IOException {
        try (RawHttp http = RawHttp.open(port)) {
            return http.send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n")
                    .response();
        }
    }

    private static void assertRefused(String path, RawHttp.Response response, String secret) {
        assertTrue(List.of(400, 401, 404).contains(response.status()), path + " is " + response.status());
        String bytes = new String(response.bytes(), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(secret) || bytes.contains("between us"), path);
    }
}
