/**
 * Inside {@code http}: the port. It owns how the web server is set up, started and ended, who serves a connection that the web server
 * has left, whether the port answers, and whether who sends requests knows that it is about to close. What is served, and who may
 * connect, is handed in.
 */
@NullMarked
package offload.http.listener;

import org.jspecify.annotations.NullMarked;
