package offload.turn;

/**
 * Where a turn is in its life. {@link Waiting} becomes {@link Streaming} with the first event; every other state is
 * final. {@code status} has the words of the hosted service, {@code state} those of the OpenAI Responses API.
 */
public sealed interface TurnState {

    /** The word in {@code status}. */
    String status();

    /** The word in {@code state}. */
    String state();

    /** Whether nothing can change any more. */
    default boolean isFinal() {
        return true;
    }

    /** Nothing came yet. */
    record Waiting() implements TurnState {
        @Override
        public String status() {
            return "waiting";
        }

        @Override
        public String state() {
            return "queued";
        }

        @Override
        public boolean isFinal() {
            return false;
        }
    }

    /** Events are coming. */
    record Streaming() implements TurnState {
        @Override
        public String status() {
            return "streaming";
        }

        @Override
        public String state() {
            return "in_progress";
        }

        @Override
        public boolean isFinal() {
            return false;
        }
    }

    /** The answer is whole. */
    record Completed() implements TurnState {
        @Override
        public String status() {
            return "done";
        }

        @Override
        public String state() {
            return "completed";
        }
    }

    /**
     * The upstream cut the answer short.
     *
     * @param reason {@code max_output_tokens} or {@code content_filter}
     */
    record Incomplete(String reason) implements TurnState {
        @Override
        public String status() {
            return "done";
        }

        @Override
        public String state() {
            return "incomplete";
        }
    }

    /** Somebody stopped it; what had come is the answer. */
    record Cancelled() implements TurnState {
        @Override
        public String status() {
            return "done";
        }

        @Override
        public String state() {
            return "cancelled";
        }
    }

    /** It failed; what had come is kept. */
    record Failed(TurnError error) implements TurnState {
        @Override
        public String status() {
            return "error";
        }

        @Override
        public String state() {
            return "failed";
        }
    }
}
