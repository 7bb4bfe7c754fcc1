package offload.cli.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.ReaderGone;
import offload.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Prints an answer as it grows: the text of the first choice, or with {@code --json} each chunk on a line. One thread. */
final class AnswerPrinter implements Consumer<String> {
    private final Terminal terminal;
    private final boolean json;
    private boolean atLineStart = true;
    private @Nullable String error;

    AnswerPrinter(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    @Override
    public void accept(String data) {
        JsonObject chunk = Wire.parse(data.getBytes(StandardCharsets.UTF_8));
        if (chunk != null && chunk.get("error") instanceof JsonObject told) {
            error = told.getString("code", "error") + ": " + told.getString("message", "");
        }
        print(json ? data + "\n" : chunk == null ? "" : textOf(chunk));
    }

    private void print(String text) {
        if (!text.isEmpty()) {
            terminal.out().print(json ? terminal.shownJson(text) : terminal.shown(text));
            if (terminal.out().checkError()) {
                throw new ReaderGone();
            }
            atLineStart = text.endsWith("\n");
        }
    }

    /** Ends the last line; fails where the answer ended in an error. */
    void end() {
        if (!atLineStart) {
            terminal.out().println();
        }
        terminal.out().flush();
        if (error != null) {
            throw new CommandFault(error);
        }
    }

    private static String textOf(JsonObject chunk) {
        if (chunk.get("choices") instanceof JsonArray choices
                && !choices.isEmpty()
                && choices.getFirst() instanceof JsonObject first
                && first.getInt("index", 0) == 0
                && first.get("delta") instanceof JsonObject delta
                && delta.get("content") instanceof JsonString content) {
            return content.getString();
        }
        return "";
    }
}
