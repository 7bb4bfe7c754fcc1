package offload.engine;

import offload.status.StatusDocument;
import offload.turn.TurnPath;

/**
 * A turn that is on disk and on its way, or about to be.
 *
 * @param path where it is
 * @param document who it is
 */
public record StartedTurn(TurnPath path, StatusDocument document) {}
