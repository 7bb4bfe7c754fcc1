/** Tests of turns that run here, and of how they end. */
package offload.engine.execution;
