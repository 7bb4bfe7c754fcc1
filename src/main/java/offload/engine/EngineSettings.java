package offload.engine;

import java.time.Duration;
import offload.turn.RequestLimits;

/**
 * What the operator says of turns.
 *
 * @param requests what a submission may ask for
 * @param maxTurns how many turns may run at once
 * @param grace how long running turns may go on after a shutdown was asked for
 */
public record EngineSettings(RequestLimits requests, int maxTurns, Duration grace) {}
