/** Tests of what a process may have. */
package offload.limits;
