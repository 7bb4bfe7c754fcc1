package offload.engine.execution;

/** Why a turn's upstream call ends. The first reason counts; there is never a second. */
enum Ending {
    /** The upstream ended it, in one way or another. */
    UPSTREAM,
    /** Somebody asked to stop. */
    STOP,
    /** The request's timeout is over. */
    TIMEOUT,
    /** The server goes down and the grace period is over. */
    SHUTDOWN,
    /** The device failed to keep what was written. */
    STORAGE,
    /** There is no memory for more of its answer. */
    MEMORY,
    /** Another node has claimed this one's turns: nothing more may be written. */
    LOST
}
