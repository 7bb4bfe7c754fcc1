/** Real server processes that are killed, frozen, starved of room and lied to by their disk. */
package offload.faults;
