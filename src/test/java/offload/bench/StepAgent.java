package offload.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts {@link Steps} in a server, and tells them to whoever connects, with the bytes that the same threads have
 * allocated: a Java agent, whose argument is the file that it writes its port to.
 */
public final class StepAgent {
    private static final ClassDesc STEPS = Steps.class.describeConstable().orElseThrow();
    /** By their files: to load a class for its supertypes would load it in the midst of another's loading. */
    private static final ClassFile.Option TYPES = ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
                    .cached());

    private StepAgent() {}

    /** Called by the JVM before the server's own {@code main}. */
    public static void premain(String portFile, Instrumentation instrumentation) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("steps").start(() -> answer(listener));
        Path draft = Path.of(portFile + ".new");
        Files.writeString(draft, Integer.toString(listener.getLocalPort()));
        Files.move(draft, Path.of(portFile), StandardCopyOption.ATOMIC_MOVE);
        instrumentation.addTransformer(new Counting());
    }

    private static void answer(ServerSocket listener) {
        try {
            while (true) {
                try (Socket asker = listener.accept()) {
                    String line = Steps.soFar() + " " + allocated() + "\n";
                    asker.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> Steps.isCounted(thread.getName()))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
                .sum();
    }

    private static final class Counting implements ClassFileTransformer {
        @Override
        public byte[] transform(ClassLoader loader, String name, Class<?> old, ProtectionDomain domain, byte[] bytes) {
            if (!name.startsWith("offload/") || name.startsWith("offload/bench/")) {
                return null;
            }
            ClassFile context = ClassFile.of(TYPES);
            return context.transformClass(
                    context.parse(bytes),
                    ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(CountedCode::new)));
        }
    }

    /** The code of one method. A branch to what stands before it is the next round of a loop. */
    private static final class CountedCode implements CodeTransform {
        private final Set<Label> passed = new HashSet<>();

        @Override
        public void atStart(CodeBuilder code) {
            step(code);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof LabelTarget target) {
                passed.add(target.label());
            } else if (element instanceof BranchInstruction branch && passed.contains(branch.target())) {
                step(code);
            }
            code.with(element);
        }

        private static void step(CodeBuilder code) {
            code.invokestatic(STEPS, "count", ConstantDescs.MTD_void);
        }
    }
}
