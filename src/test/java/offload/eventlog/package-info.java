/** Tests of event logs: what a record looks like, who follows, what is repaired. */
package offload.eventlog;
