package offload.bench;

import java.net.URI;

/**
 * What a run does.
 *
 * @param mode {@code proxy}: the answer of the POST is the stream; {@code offload}: it names the stream's URL;
 *     {@code replay}: GET again and again; {@code nchan}: readers of a channel, and its publisher
 * @param url where to
 * @param streams how many, all at once; for replay how many connections
 * @param tokens a stream's tokens
 * @param rate tokens per second; 0 for flat out
 * @param readers of each stream
 * @param ramp new streams per second
 * @param seconds how long a replay goes on
 * @param headers that a submission has in addition, each with its line end
 */
record LoadPlan(
        String mode, URI url, int streams, int tokens, int rate, int readers, int ramp, int seconds, String headers) {

    static LoadPlan of(String[] words) {
        return new LoadPlan(
                words[0],
                URI.create(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]),
                Integer.parseInt(words[6]),
                Integer.parseInt(words[7]),
                words.length > 8 ? words[8] : "");
    }

    boolean isReplay() {
        return mode.equals("replay");
    }

    boolean isNchan() {
        return mode.equals("nchan");
    }

    boolean namesStream() {
        return mode.equals("offload");
    }

    /** What a reader of the plan's own URL asks for. */
    String get() {
        String path = url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
        return get(path);
    }

    String post() {
        int delay = readers > 1 ? 3000 : 200;
        String body = "{\"model\":\"bench-model\",\"max_tokens\":" + tokens + ",\"stream\":true,\"user\":\"rate=" + rate
                + ",delay=" + delay + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return "POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: application/json\r\nX-OpenAI-API-Key: sk-bench\r\n" + headers + "Content-Length: "
                + body.length()
                + "\r\n\r\n" + body;
    }

    String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAccept: text/event-stream\r\n\r\n";
    }
}
