package offload.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of a benchmark has a place in a document that is otherwise written by hand. */
class ResultTableTest {
    @Test
    void what_stands_around_the_markers_stays() throws IOException {
        String text = "by hand\n<!-- bench: begin -->\nold\ntable\n<!-- bench: end -->\nby hand\n";
        assertEquals(
                "by hand\n<!-- bench: begin -->\nnew\n\ntable\n<!-- bench: end -->\nby hand\n",
                ResultTable.in(text).with(List.of("new", "", "table")));
    }

    @Test
    void a_document_without_the_markers_is_refused() {
        assertThrows(IOException.class, () -> ResultTable.in("by hand\n"));
        assertThrows(IOException.class, () -> ResultTable.in("<!-- bench: end -->\n<!-- bench: begin -->\n"));
    }

    @Test
    void the_document_has_the_place() throws IOException {
        ResultTable.inDocument();
    }
}
