package offload.eventlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The followers of one log. Every method is called with the log's delivery lock held. */
final class Followers {
    private @Nullable LogFollower[] followers = new LogFollower[1];
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    boolean isCrowd() {
        return count >= Crowd.SIZE;
    }

    void add(LogFollower follower) {
        if (count == followers.length) {
            followers = Arrays.copyOf(followers, count * 2);
        }
        followers[count++] = follower;
    }

    boolean has(LogFollower follower) {
        return indexOf(follower) >= 0;
    }

    void remove(LogFollower follower) {
        int index = indexOf(follower);
        if (index >= 0) {
            removeAt(index);
        }
    }

    private int indexOf(LogFollower follower) {
        for (int i = 0; i < count; i++) {
            if (follower.equals(followers[i])) {
                return i;
            }
        }
        return -1;
    }

    private void removeAt(int index) {
        followers[index] = followers[--count];
        followers[count] = null;
    }

    /**
     * Gives the chunk, which is {@code length} bytes of the log from {@code offset} on, to each who has not got it yet,
     * perhaps as the last one. Who cannot take it follows no more, nor does who has a part of it.
     */
    void deliver(ByteBuffer chunk, long offset, int length, boolean last) {
        int start = chunk.position();
        // From the end, so that the one who is moved into a gap has been served.
        for (int i = count - 1; i >= 0; i--) {
            LogFollower follower = followers[i];
            if (follower == null || follower.position() >= offset + length) {
                continue;
            }
            if (follower.position() != offset) {
                follower.ended();
                removeAt(i);
            } else if (!follower.take(chunk.position(start), length, last)) {
                removeAt(i);
            }
        }
    }

    /** Lets all go. */
    void end() {
        for (int i = 0; i < count; i++) {
            LogFollower follower = followers[i];
            if (follower != null) {
                follower.ended();
            }
        }
        count = 0;
        followers = new LogFollower[1];
    }
}
