package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Who follows a log misses nothing of it, and gets nothing twice or in between. */
class FollowingTest extends OfWrittenLog {

    @Test
    void who_lacks_something_that_is_published_does_not_follow_yet() throws Exception {
        written.publish("one");
        assertFalse(log.follow(new KeptReader(0), 0));
        assertTrue(log.follow(new KeptReader(log.published()), log.published()));
    }

    @Test
    void who_has_left_is_given_neither_records_nor_comments() throws Exception {
        KeptReader reader = following();
        log.unfollow(reader);
        written.publish("one");
        log.give(reader, comment());
        assertEquals(0, reader.given());
    }

    /** Else it has a record in the middle of what it could not take of the one before. */
    @Test
    void who_could_not_take_all_of_a_record_or_a_comment_is_given_nothing_more() throws Exception {
        KeptReader ofRecord = following();
        KeptReader ofComment = following();
        ofComment.full = true;
        log.give(ofComment, comment());
        ofRecord.full = true;
        written.publish("one");
        written.publish("two");
        assertEquals(1, ofComment.given());
        assertEquals(1, ofRecord.given());
    }

    @Test
    void whoever_else_could_not_take_a_record_the_others_have_it() throws Exception {
        KeptReader[] readers = {following(), following(), following(), following()};
        readers[0].full = true;
        readers[2].full = true;
        written.publish("one");
        for (KeptReader reader : readers) {
            assertEquals(written.file(), reader.got());
        }
    }

    /** As where the turn was ended between the two: its reader goes on from the file. */
    @Test
    void the_end_is_not_given_to_who_lacks_what_was_appended_before_it_and_never_published() throws Exception {
        KeptReader reader = following();
        written.append("one");
        written.finish();
        assertTrue(reader.released);
        assertEquals(0, reader.given());
        assertEquals(written.file().length(), log.published());
    }

    @Test
    void what_is_on_the_device_is_not_forced_to_it_again_and_a_log_that_was_closed_meanwhile_is_no_failed_one()
            throws Exception {
        assertFalse(log.isDirty());
        written.publish("one");
        assertTrue(log.isDirty());
        log.sync();
        assertFalse(log.isDirty());
        written.publish("two");
        log.syncedTo(log.published());
        log.syncedTo(1);
        assertFalse(log.isDirty());
        written.publish("three");
        log.close();
        log.sync();
        assertTrue(log.isDirty());
    }

    private KeptReader following() {
        KeptReader reader = new KeptReader(log.published());
        assertTrue(log.follow(reader, reader.position()));
        return reader;
    }

    private static ByteBuffer comment() {
        return ByteBuffer.wrap("5\r\n: hb\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
