/** Tests of syncs and of stale files. */
package offload.disk;
