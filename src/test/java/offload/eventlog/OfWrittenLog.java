package offload.eventlog;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of one log and who reads it: it is there before each, and closed behind it. */
abstract class OfWrittenLog {
    @TempDir
    Path folder;

    WrittenLog written;
    EventLog log;

    @BeforeEach
    void openLog() throws Exception {
        written = WrittenLog.in(folder);
        log = written.log();
    }

    @AfterEach
    void closeLog() throws Exception {
        written.close();
    }
}
