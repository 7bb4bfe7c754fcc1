package offload.cli.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Shape;
import offload.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}: how a turn stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how a turn stands and what its answer is so far; --json prints the whole status document.",
            "Exits with 1 where the turn ended in an error."
        })
final class StatusCommand implements Callable<Integer> {
    private static final int WAIT_SECONDS = 5;
    private final Terminal terminal;

    @Mixin
    private Shape shape = new Shape();

    @Option(names = "--wait", description = "Wait until it is final.")
    private boolean wait;

    @Option(names = "--token", description = "The bearer token, if the turn is private.")
    private @Nullable String token;

    @Parameters(paramLabel = "URL", description = "The turn's status_url.")
    private String url = "";

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Wire wire = new Wire();
        TurnAddress turn = TurnAddress.of(url, token);
        JsonObject status = ask(wire, turn, 0);
        while (wait && !isFinal(status)) {
            terminal.progress(
                    status.getString("state", "") + ", " + answer(status).length() + " characters");
            status = ask(wire, turn, WAIT_SECONDS);
        }
        terminal.progress("");
        if (shape.isJson()) {
            terminal.out().println(terminal.shownJson(status.toString()));
        } else {
            print(status);
        }
        return status.getString("status").equals("error") ? CommandFault.FAILED : 0;
    }

    private static JsonObject ask(Wire wire, TurnAddress turn, int seconds) throws IOException {
        return wire.json(Wire.request(turn.status(seconds), turn.token()).build());
    }

    private static boolean isFinal(JsonObject status) {
        return status.getString("status").equals("done")
                || status.getString("status").equals("error");
    }

    private void print(JsonObject status) {
        String word = terminal.shown(status.getString("status") + " (" + status.getString("state", "") + ")");
        terminal.out().println(status.getString("status").equals("error") ? terminal.bad(word) : terminal.good(word));
        if (status.get("error") instanceof JsonObject error) {
            terminal.out().println(terminal.shown(error.getString("code", "") + ": " + error.getString("message", "")));
        }
        String answer = answer(status);
        if (!answer.isEmpty()) {
            terminal.out().println(terminal.shown(answer));
        }
    }

    private static String answer(JsonObject status) {
        if (status.get("response") instanceof JsonObject response
                && response.get("body") instanceof JsonObject body
                && body.get("choices") instanceof JsonArray choices
                && !choices.isEmpty()
                && choices.getFirst() instanceof JsonObject choice
                && choice.get("message") instanceof JsonObject message) {
            return text(message.get("content"));
        }
        return "";
    }

    /** Of an answer in parts what is text: what was thought is no answer. */
    private static String text(@Nullable JsonValue content) {
        return switch (content) {
            case JsonString text -> text.getString();
            case JsonArray parts ->
                parts.stream()
                        .map(part -> part instanceof JsonObject object && object.get("text") instanceof JsonString text
                                ? text.getString()
                                : "")
                        .collect(Collectors.joining());
            case null, default -> "";
        };
    }
}
