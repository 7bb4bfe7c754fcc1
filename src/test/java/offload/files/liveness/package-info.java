/** Tests of the signs by which a node lives. */
package offload.files.liveness;
