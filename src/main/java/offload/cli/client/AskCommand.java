package offload.cli.client;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Shape;
import offload.cli.terminal.Terminal;
import offload.json.Json;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ask}: submits, and prints the answer as it streams. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a model through a running server and prints the answer as it comes.",
            "",
            "Standard output has the answer alone, standard error the status URL: the turn goes on when this is ended,",
            "and `offload tail URL` follows it again. Without a question, or for the word -, standard input is read.",
            "",
            "Keys come from variables: OPENAI_API_KEY for the upstream, OFFLOAD_API_KEY for the server."
        },
        footer = {
            "",
            "  offload ask \"Tell me about tides.\"",
            "  offload ask --model llama3 \"Summarise this:\" - < report.txt",
            "  offload ask --continue http://127.0.0.1:8080/1/r/pub/.../ID.json \"And the sun?\""
        })
final class AskCommand implements Callable<Integer> {
    private final Supplier<String> address;
    private final Terminal terminal;

    @Mixin
    private ServerAddress server = new ServerAddress();

    @Mixin
    private Shape shape = new Shape();

    @Option(names = "--model", description = "The model; else the server's own choice.")
    private @Nullable String model;

    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is told about its part.")
    private @Nullable String system;

    @Option(names = "--private", description = "Only who has the token may read it; the token is printed once.")
    private boolean isPrivate;

    @Option(names = "--continue", paramLabel = "STATUS_URL", description = "Go on from this earlier turn.")
    private @Nullable String earlier;

    @Option(names = "--token", description = "The bearer token of the earlier turn, if that is private.")
    private @Nullable String token;

    @Parameters(arity = "0..*", paramLabel = "QUESTION", description = "Words of the question; - is standard input.")
    private List<String> words = List.of();

    AskCommand(Supplier<String> address, Terminal terminal) {
        this.address = address;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Wire wire = new Wire();
        HttpRequest submission = submission(question());
        JsonObject accepted = wire.json(submission);
        if (!(accepted.get("endpoints") instanceof JsonObject endpoints)
                || !(endpoints.get("status_url") instanceof JsonString url)) {
            throw Wire.foreign(submission.uri(), "the answer has no status_url");
        }
        String status = url.getString();
        String bearer = endpoints.getString("bearer_token", null);
        if (!shape.isJson()) {
            terminal.tell("status: " + status + (bearer == null ? "" : " --token " + bearer));
        }
        AnswerPrinter printer = new AnswerPrinter(shape.isJson() ? terminal.silent() : terminal, false);
        TurnAddress turn = TurnAddress.of(status, bearer);
        new EventFollower(wire, turn, "0", printer, terminal::tell).run();
        if (shape.isJson()) {
            JsonObject document =
                    wire.json(Wire.request(turn.status(10), bearer).build());
            JsonObject shown = bearer == null ? document : opened(document, accepted);
            terminal.out().println(terminal.shownJson(shown.toString()));
        }
        printer.end();
        return 0;
    }

    /** The status with the token that opens it: it is shown this once, and no status holds it. */
    private static JsonObject opened(JsonObject status, JsonObject accepted) {
        return Json.createObjectBuilder(status)
                .add("authorization", accepted.getJsonObject("authorization"))
                .build();
    }

    private HttpRequest submission(String question) {
        URI uri = URI.create(server.base(address) + "/v1/stream-chatgpt");
        HttpRequest.Builder request = Wire.request(uri, null).header("Content-Type", "application/json");
        addKey(request, "X-OpenAI-API-Key", "OPENAI_API_KEY");
        addKey(request, "X-API-Key", "OFFLOAD_API_KEY");
        return request.POST(BodyPublishers.ofByteArray(body(question))).build();
    }

    /** From a variable: arguments can be seen. */
    private static void addKey(HttpRequest.Builder request, String header, String variable) {
        String key = System.getenv(variable);
        if (key != null && !key.isBlank()) {
            Wire.with(request, header, key.strip(), variable);
        }
    }

    private byte[] body(String question) {
        JsonWriter out = new JsonWriter().beginObject();
        add(out, "model", model);
        add(out, "access", isPrivate ? "private" : null);
        add(out, "from_status_url", earlier);
        add(out, "from_bearer_token", token);
        out.name("messages").beginArray();
        if (system != null) {
            message(out, "system", system);
        }
        message(out, "user", question);
        return out.endArray().endObject().toBytes();
    }

    private static void add(JsonWriter out, String name, @Nullable String value) {
        if (value != null) {
            out.name(name).value(value);
        }
    }

    private static void message(JsonWriter out, String role, String content) {
        out.beginObject()
                .name("role")
                .value(role)
                .name("content")
                .value(content)
                .endObject();
    }

    private String question() throws IOException {
        StringBuilder question = new StringBuilder();
        for (String word : words.isEmpty() ? List.of("-") : words) {
            question.append(question.isEmpty() ? "" : " ").append(word.equals("-") ? piped() : word);
        }
        if (question.toString().isBlank()) {
            throw new CommandFault(
                    "there is no question: give it as an argument, or on standard input", CommandFault.UNUSABLE);
        }
        return question.toString();
    }

    private String piped() throws IOException {
        return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
