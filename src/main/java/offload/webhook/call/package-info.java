/**
 * Inside {@code webhook}: one call of a receiver, from the status in its file to the answer, within its time. What it sends,
 * how it is signed, and what an HTTP client must be told so that it goes to the address that was checked. It knows no entry and
 * no schedule, keeps nothing from one call to the next, and never throws what a receiver does: that is an answer.
 */
@NullMarked
package offload.webhook.call;

import org.jspecify.annotations.NullMarked;
