package offload.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom: one lane per receiver (host and port), each with its own queue, its own {@value #MOST_PER_LANE}
 * calls in flight and its own breaker, so that a dead receiver delays none but itself. Holds markers and times only; the
 * truth is in the outbox. Any thread may call it; no lock is held over I/O.
 */
final class Lanes {
    static final int MOST_PER_LANE = 4;
    private static final int MOST_IN_ALL = 256;
    private static final Duration HELD_FOR_TOO_LONG = Duration.ofDays(1).plusMinutes(1);

    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<String, Ticket> waiting = new HashMap<>();
    private final Set<String> inFlight = new HashSet<>();
    private int turnOf;

    /**
     * A webhook's place in a lane.
     *
     * @param lane the receiver's host and port
     * @param turn the entry's marker
     * @param begun when the first try of its round was due, by {@link SteadyClock#awake}
     * @param at when the next one is, by {@link SteadyClock#now}
     */
    record Ticket(String lane, String turn, Instant begun, Instant at) {}

    private static final class Lane {
        final PriorityQueue<Ticket> queue =
                new PriorityQueue<>(Comparator.comparing(Ticket::at).thenComparing(Ticket::turn));
        final Breaker breaker = new Breaker();
        int inFlight;

        boolean mayStart(Ticket head, Instant now, Instant awake) {
            boolean outOfTime = head.begun().plus(HELD_FOR_TOO_LONG).isBefore(awake);
            int permits = outOfTime ? MOST_PER_LANE : breaker.permits(MOST_PER_LANE, now);
            return !head.at().isAfter(now) && inFlight < permits;
        }
    }

    /** Queues a webhook; if it is queued already, its time is replaced; if it is being sent, nothing is to be done. */
    synchronized void add(Ticket ticket) {
        if (inFlight.contains(ticket.turn())) {
            return;
        }
        Lane lane = lanes.computeIfAbsent(ticket.lane(), name -> new Lane());
        Ticket before = waiting.put(ticket.turn(), ticket);
        if (before != null) {
            lane.queue.remove(before);
        }
        lane.queue.add(ticket);
    }

    /** Takes a webhook out of its queue, so that it does not start until it is added again; null where it is in none. */
    synchronized @Nullable Ticket withdraw(String turn) {
        Ticket ticket = waiting.remove(turn);
        if (ticket != null) {
            Lane lane = Objects.requireNonNull(lanes.get(ticket.lane()), "what waits has a lane");
            lane.queue.remove(ticket);
            removeIfEmpty(ticket.lane(), lane);
        }
        return ticket;
    }

    private void removeIfEmpty(String name, Lane lane) {
        if (lane.queue.isEmpty() && lane.inFlight == 0) {
            lanes.remove(name);
        }
    }

    /** Whether a webhook was taken out and is not given back yet. */
    synchronized boolean isSending(String turn) {
        return inFlight.contains(turn);
    }

    /** Somebody asks for a call now: no receiver is spared any more. */
    synchronized void forgiveAll() {
        lanes.values().forEach(lane -> lane.breaker.reset());
    }

    /** Takes out what is due and may start; each must be given back to {@link #ended}. */
    synchronized List<Ticket> takeDue(Instant now, Instant awake) {
        List<Ticket> taken = new ArrayList<>();
        List<Lane> order = new ArrayList<>(lanes.values());
        for (int i = 0; i < order.size(); i++) {
            Lane lane = order.get((i + turnOf) % order.size());
            Ticket head = lane.queue.peek();
            while (head != null && inFlight.size() < MOST_IN_ALL && lane.mayStart(head, now, awake)) {
                lane.queue.remove();
                waiting.remove(head.turn());
                lane.inFlight++;
                inFlight.add(head.turn());
                taken.add(head);
                head = lane.queue.peek();
            }
        }
        turnOf = order.isEmpty() ? 0 : (turnOf + 1) % order.size();
        return taken;
    }

    /**
     * What was taken is over.
     *
     * @param next when it is due again; null if that is all
     */
    synchronized void ended(Ticket ticket, Ending ending, @Nullable Instant next, Instant now) {
        inFlight.remove(ticket.turn());
        Lane lane = Objects.requireNonNull(lanes.get(ticket.lane()), "a lane stays while something of it is in flight");
        lane.inFlight--;
        if (ending != Ending.NO_CALL) {
            lane.breaker.ended(ending == Ending.ANSWERED, now);
        }
        if (next != null) {
            add(new Ticket(ticket.lane(), ticket.turn(), ticket.begun(), next));
        }
        removeIfEmpty(ticket.lane(), lane);
    }

    /** How a call ended, as far as its receiver's lane is concerned. */
    enum Ending {
        /** The receiver said something. */
        ANSWERED,
        /** The receiver was called in vain. */
        UNANSWERED,
        /** There was nothing to send. */
        NO_CALL
    }
}
