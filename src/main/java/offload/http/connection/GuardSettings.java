package offload.http.connection;

import java.time.Duration;

/**
 * What connections may take.
 *
 * @param connections the most at once
 * @param perAddress the most at once of one address, or of one IPv6 network of 64 bits
 * @param headTime for the head of a request, from the acceptance or from the request line on
 * @param bodyTime for the body, before its rate is looked at
 * @param bodyRate bytes per second that a longer body must come with
 * @param idleTime for the next request on a connection that stays open
 * @param writeTime for a write without progress
 */
public record GuardSettings(
        int connections,
        int perAddress,
        Duration headTime,
        Duration bodyTime,
        int bodyRate,
        Duration idleTime,
        Duration writeTime) {}
