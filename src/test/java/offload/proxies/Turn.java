package offload.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.testing.RawHttp;

/**
 * A turn as its submitter knows it.
 *
 * @param answer what the submission was answered
 */
record Turn(String answer) {
    private static final String BODY = "{\"access\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"tides\"}]}";

    /** Submits {@code kind}, {@code stream} or {@code async}, at {@code url} of a server or proxy. */
    static Turn submit(URI base, String kind, String access, String... headers) throws IOException {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type: application/json";
        all[1] = "X-OpenAI-API-Key: sk-any";
        System.arraycopy(headers, 0, all, 2, headers.length);
        RawHttp.Response response =
                RawHttp.exchange("POST", base.resolve("/v1/" + kind + "-chatgpt"), String.format(BODY, access), all);
        assertEquals(200, response.status(), response.text());
        return new Turn(response.text());
    }

    URI url(String name) {
        return URI.create(text(name));
    }

    /** Any string member of the answer. */
    String text(String name) {
        Matcher member =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(answer);
        if (!member.find()) {
            throw new AssertionError("no " + name + " in " + answer);
        }
        return member.group(1);
    }

    /** The status, once it is final or a minute is over. */
    String finalStatus(URI base, String... headers) throws IOException {
        URI waiting = base.resolve(url("status_url").getPath() + "?wait=60");
        RawHttp.Response response = RawHttp.exchange("GET", waiting, null, headers);
        assertEquals(200, response.status(), response.text());
        return response.text();
    }
}
