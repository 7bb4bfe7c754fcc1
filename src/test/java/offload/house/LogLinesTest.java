package offload.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the server logs is a sentence for the operator. */
class LogLinesTest {
    /** An exception alone behind the message is logged with its stack, and {@code {0}} stays in the line as it is. */
    @Test
    void no_exception_is_meant_for_a_place_in_the_line_that_it_does_not_get() {
        assertEquals(
                List.of(), Checkout.MAIN.stream().flatMap(LogLinesTest::faults).toList());
    }

    private static Stream<String> faults(Source source) {
        Set<String> caught = source.all(CatchTree.class).stream()
                .map(tree -> tree.getParameter().getName().toString())
                .collect(Collectors.toSet());
        return source.all(MethodInvocationTree.class).stream()
                .filter(call -> call.getMethodSelect() instanceof MemberSelectTree select
                        && select.getIdentifier().contentEquals("log"))
                .filter(call -> call.getArguments().size() == 3
                        && call.getArguments().get(1).toString().contains("{0}")
                        && caught.contains(call.getArguments().get(2).toString()))
                .map(source::placeOf);
    }
}
