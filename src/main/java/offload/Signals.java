package offload;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the process does at a signal. A shutdown hook could not tell a second SIGTERM from the first; the class of the JDK
 * that can has no public name, so it is called by reflection. It gives each signal a thread of its own.
 */
final class Signals {
    private Signals() {}

    /** The first SIGTERM or SIGINT runs {@code orderly}; the second one ends at once. */
    static void onEnd(Runnable orderly) {
        AtomicBoolean told = new AtomicBoolean();
        Runnable signalled = () -> {
            if (told.getAndSet(true)) {
                // 128 and SIGTERM's number, as shells say it.
                Runtime.getRuntime().halt(143);
            }
            orderly.run();
        };
        handle("TERM", signalled);
        handle("INT", signalled);
    }

    /** Each SIGHUP runs {@code work}. */
    static void onHangup(Runnable work) {
        handle("HUP", work);
    }

    private static void handle(String name, Runnable signalled) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler told = (proxy, method, arguments) -> tell(method.getName(), proxy, arguments, signalled);
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, told);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // The JVM keeps this signal for itself (-Xrs): it ends at once then, and recovery does the rest.
            System.getLogger(Signals.class.getName()).log(System.Logger.Level.WARNING, "SIG" + name + ": " + e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // A proxy equals itself, and asking it would end up here again.
    private static Object tell(String method, Object proxy, Object[] arguments, Runnable signalled) {
        return switch (method) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Signals";
            default -> {
                signalled.run();
                yield 0;
            }
        };
    }
}
