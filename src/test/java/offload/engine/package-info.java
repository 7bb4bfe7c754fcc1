/** Tests of the life of a turn. */
package offload.engine;
