package offload.eventlog;

import java.nio.ByteBuffer;

/** A reader that has all of a log that grows, and is given what is appended, by the turn itself or by its crowd. */
public interface LogFollower {

    /** Up to where in the log this reader has everything. */
    long position();

    /**
     * Takes the records from its position on, as one HTTP chunk, without blocking. Called by the turn's thread or by that
     * of its crowd; it holds up all other followers.
     *
     * @param chunk to be read from its position to its limit, and not kept
     * @param length how many bytes of the log that is
     * @param last whether they are the last of all; the end of the body then follows in the chunk
     * @return false where it could not take all, or is gone: it follows no more and must be caught up by its own thread
     */
    boolean take(ByteBuffer chunk, int length, boolean last);

    /** It follows no more: the log has ended or is broken off, or the reader has to catch up by itself. */
    void ended();
}
