package offload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import offload.cli.terminal.Faults;

/** What was opened, to be closed in the opposite order, each whatever becomes of the others. For one thread. */
final class Resources implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Resources.class.getName());

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "closing failed: " + Faults.sentence(e));
            } catch (Exception | Error e) {
                LOG.log(Level.WARNING, "closing failed: " + e);
            }
        }
    }
}
