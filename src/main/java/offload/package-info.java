/**
 * Offload: takes a chat completion off your hands.
 *
 * <p>Floors, from the ground up. Imports go down only, and rooms on one floor do not know each other:
 *
 * <pre>
 * 7  offload    Main, Wiring, OffloadConfig: the start, the one place that builds, the one that knows all settings
 * 6  cli        the commands of the operator; client, that of the terminal, and what commands share are inside it
 * 5  http       the only room that knows the web server: one route per file; those of turns are in http.turns
 * 4  engine     the life of a turn, from submission to its last write, and what a dead node left
 * 3  files      where everything lies in the data folder, and whose it is
 * 2  eventlog   records, and who appends, follows, reads and repairs them
 *    answer     what an upstream said: chunks put together to the completion that they are parts of, errors in our words
 *    status     the status as a document: written, and read again
 *    upstream   whoever answers completions: openai over HTTP, by its connection; sample inside
 *    webhook    delivery of final statuses; call, one POST to a receiver, is inside it
 *    keys       service keys, quotas, rates
 * 1  turn       the nouns: paths, tokens, requests, states, errors
 *    disk       how names and bytes reach the device, and what is safe to open
 *    systemd    words to the service manager
 * 0  address    what strangers want to have called, and whether it may be
 *    sse, json, sweep, settings, logs, metrics, limits, libc
 * </pre>
 *
 * <p>Reading order for a newcomer: {@link offload.turn.TurnState}, {@link offload.turn.TurnPath},
 * {@link offload.files.TurnFiles}, {@link offload.eventlog.EventFormat}, then {@code engine.execution.TurnRunner},
 * {@code engine.execution.LastWrites}, {@code http.Routes} and {@code http.turns.StreamRoute}.
 *
 * <p>Words, each with one meaning. A <b>turn</b> is what one submission starts: one upstream completion, one name in the
 * data folder, one virtual thread; a <b>conversation</b> is the chain of turns that share a {@code conversation_id}. The
 * <b>event log</b> ({@code .txt}) is made of append-only <b>records</b>; an <b>offset</b> is the byte position after one,
 * the only cursor there is. The <b>status</b> ({@code .json}) is a projection of the log. The <b>stop file</b> is the
 * signal that every process understands. A <b>node</b> is one server process, with its <b>lock</b> and its <b>active
 * markers</b>. The <b>doorbell</b> tells readers in the same process that a log has grown.
 */
@NullMarked
package offload;

import org.jspecify.annotations.NullMarked;
