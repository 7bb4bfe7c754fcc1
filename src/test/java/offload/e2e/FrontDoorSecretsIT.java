package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import offload.testing.FolderContent;
import offload.testing.RawHttp;
import offload.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers send in confidence, in whatever place and however malformed, is in no log, no answer and no file. */
class FrontDoorSecretsIT {
    private static final String CANARY = "canary7f3A91";
    private static final String HOST = "Host: localhost\r\n";
    private static final String NAME = "/1/r/priv/2023/06/01/11/07/06/x";

    @TempDir
    Path data;

    @Test
    void secrets_are_in_no_log_no_answer_and_no_file() throws Exception {
        Map<String, String> loud = Map.of(
                "OFFLOAD_UPSTREAM_URL",
                "http://127.0.0.1:9/v1",
                "OFFLOAD_LOG_LEVEL",
                "debug",
                "OFFLOAD_LOG_ACCESS",
                "true");
        try (ServerProcess server = ServerProcess.start(data, loud)) {
            for (String request : requests()) {
                String answer = answer(server.port(), request);
                assertFalse(answer.contains(CANARY), "answered to " + request + ": " + answer);
            }
            assertEquals(
                    200, RawHttp.exchange("GET", server.url("/health"), null).status());
            server.terminate();
            server.await();
            assertFalse(server.output().contains(CANARY), server.output());
            assertTrue(server.output().contains("path=/1/r/priv/"), "the log tells of requests: " + server.output());
        }
        assertEquals(List.of(), filesWithCanary());
    }

    /** One for each place: query, credentials, cookies, keys, and parts of requests that are malformed. */
    private static List<String> requests() {
        String get = "GET " + NAME + ".txt";
        String json = "{\"messages\":[],\"from_bearer_token\":\"" + CANARY + "\",\"timeout\":\"" + CANARY + "\"}";
        String post = "POST /v1/stream-chatgpt HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";
        String bad = "{\"messages\":" + CANARY;
        return List.of(
                get + "?stream_token=" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + "%3Fstream_token=" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + "%253Fstream_token%253D" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + "/stream_token%3D" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + "%3f" + CANARY + " HTTP/1.0\r\n" + HOST + "\r\n",
                get + "&stream_token=" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + "stream_token=" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + ";" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + "?offset=" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + "?a={" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + "?" + CANARY + " HTTP/1.0\r\n" + HOST + "\r\n",
                get + "#" + CANARY + " HTTP/1.1\r\n" + HOST + "\r\n",
                get + " HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + CANARY + "\r\n\r\n",
                get + " HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + CANARY + "\0\r\n\r\n",
                get + " HTTP/1.1\r\n" + HOST + "Cookie: a=" + CANARY + "\r\n\r\n",
                get + " HTTP/1.1\r\n" + HOST + "Last-Event-ID: " + CANARY + "\r\n\r\n",
                get + " HTTP/1.1\r\n" + HOST + CANARY + "\r\n\r\n",
                "GET http://" + CANARY + ":x@localhost/ HTTP/1.1\r\n" + HOST + "\r\n",
                CANARY + "\r\n\r\n",
                post + "X-OpenAI-API-Key: " + CANARY + "\r\nContent-Length: " + json.length() + "\r\n\r\n" + json,
                post + "X-OpenAI-API-Key: k " + CANARY + "\u007f\r\nContent-Length: 2\r\n\r\n{}",
                post + "X-API-Key: " + CANARY + "\r\nContent-Length: +1\r\n\r\n{}",
                post + "X-RapidAPI-Key: " + CANARY + "\r\nContent-Length: " + bad.length() + "\r\n\r\n" + bad,
                post + "X-OpenAI-API-Key: k\r\nTransfer-Encoding: chunked\r\n\r\n" + CANARY + "\r\n\r\n");
    }

    private static String answer(int port, String request) throws IOException {
        try (RawHttp http = RawHttp.open(port)) {
            http.send(request);
            http.finishSending();
            return new String(http.untilClosed(), StandardCharsets.UTF_8);
        }
    }

    private List<String> filesWithCanary() throws IOException {
        return FolderContent.filesThat(data, content -> content.contains(CANARY)).stream()
                .map(Path::toString)
                .toList();
    }
}
