/**
 * Inside {@code http}: the port. It owns how the web server is set up, started and ended, whether it answers itself, and whether who
 * sends requests knows that it is about to end. What is served, and who may connect, is handed in.
 */
@NullMarked
package offload.http.listener;

import org.jspecify.annotations.NullMarked;
