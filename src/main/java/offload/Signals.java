package offload;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * What the process does when it is told to end: the first SIGTERM or SIGINT begins an orderly end, the second one ends at
 * once. A shutdown hook could not tell a second one; the class of the JDK that can has no public name, so it is called by
 * reflection.
 */
final class Signals {
    private final Runnable orderly;
    private boolean told;

    private Signals(Runnable orderly) {
        this.orderly = orderly;
    }

    /** From now on {@code orderly} is run, on a thread of its own, at the first signal. */
    static void handle(Runnable orderly) {
        Signals signals = new Signals(orderly);
        for (String name : new String[] {"TERM", "INT"}) {
            signals.handle(name);
        }
    }

    private void handle(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler told = (proxy, method, arguments) -> tell(method.getName(), proxy, arguments);
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, told);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // The JVM keeps this signal for itself (-Xrs): it ends at once then, and recovery does the rest.
            System.getLogger(Signals.class.getName()).log(System.Logger.Level.WARNING, "SIG" + name + ": " + e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // A proxy equals itself, and asking it would end up here again.
    private Object tell(String method, Object proxy, Object[] arguments) {
        return switch (method) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Signals";
            default -> {
                signalled();
                yield 0;
            }
        };
    }

    private synchronized void signalled() {
        if (told) {
            // 128 and SIGTERM's number, as shells say it.
            Runtime.getRuntime().halt(143);
        }
        told = true;
        Thread.ofPlatform().name("shutdown").start(orderly);
    }
}
