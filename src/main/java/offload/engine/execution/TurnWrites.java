package offload.engine.execution;

/**
 * The two ways in which a turn is written.
 *
 * @param log while it runs
 * @param last at its end
 */
record TurnWrites(LogAppender log, LastWrites last) {}
