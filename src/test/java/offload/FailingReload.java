package offload;

import java.util.concurrent.atomic.AtomicInteger;

/** A server whose classes are gone when it reads its configuration again, as where the jars under it were replaced. */
final class FailingReload {
    private FailingReload() {}

    public static void main(String[] arguments) {
        AtomicInteger reads = new AtomicInteger();
        int code = new ServerProcess(() -> {
                    if (reads.getAndIncrement() > 0) {
                        throw new NoClassDefFoundError("offload/settings/Gone");
                    }
                    return OffloadConfig.draft(null, System::getenv);
                })
                .run();
        System.exit(code);
    }
}
