package offload.files;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the operator says of the data folder.
 *
 * @param folder where it is
 * @param sync when event logs are forced to the device
 * @param syncInterval how often, under {@link SyncPolicy#INTERVAL}
 * @param leastFree how many bytes must be free on the device for anything new to begin; 0 for no such limit
 * @param retentionDays whole days to keep; 0 for ever
 */
public record DataSettings(Path folder, SyncPolicy sync, Duration syncInterval, long leastFree, int retentionDays) {}
