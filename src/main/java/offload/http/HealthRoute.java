package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import offload.engine.Engine;
import offload.engine.StorageHealth;
import offload.http.listener.Balancers;
import offload.http.message.Answers;
import offload.json.JsonWriter;

/**
 * {@code GET /health/live}: the process answers. {@code GET /health} and {@code /health/ready}: work may be sent here, as
 * the data folder was written, synced and read within the last second; 503 where not, and while the server drains.
 */
final class HealthRoute {
    private final Engine engine;
    private final Balancers balancers;

    HealthRoute(Engine engine, Balancers balancers) {
        this.balancers = balancers;
        this.engine = engine;
    }

    void live(ServerRequest request, ServerResponse response) {
        answer(
                request,
                response,
                200,
                new JsonWriter().beginObject().name("status").value("up"));
    }

    /** For who watches: whether all is well. */
    void whole(ServerRequest request, ServerResponse response) {
        StorageHealth.Finding found = engine.health().look();
        tell(request, response, found, found.isGood());
    }

    /**
     * For who sends requests here: a server that merely has no room serves readers, stops and deletions, which nobody else can
     * where the folder is its own, and its submissions learn more from 507 than from a proxy that finds no server.
     */
    void ready(ServerRequest request, ServerResponse response) {
        StorageHealth.Finding found = engine.health().look();
        tell(request, response, found, found.isSound());
    }

    private void tell(ServerRequest request, ServerResponse response, StorageHealth.Finding found, boolean well) {
        boolean draining = engine.isDraining();
        boolean ready = well && !draining;
        String word = draining ? "draining" : well ? "up" : "down";
        JsonWriter out = new JsonWriter().beginObject().name("status").value(word);
        out.name("storage").value(found.storage().toString());
        out.name("lock").value(found.ours() ? "held" : "lost");
        out.name("free_bytes").value(found.freeBytes());
        out.name("active_turns").value(engine.running());
        answer(request, response, ready ? 200 : 503, out);
        balancers.asked(draining);
    }

    private static void answer(ServerRequest request, ServerResponse response, int status, JsonWriter body) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (status == 503) {
            response.header(HeaderNames.RETRY_AFTER, "5");
        }
        Answers.json(request, response, status, body.endObject().toBytes());
    }
}
