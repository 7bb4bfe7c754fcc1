/** Tests of submissions that are repeated. */
package offload.engine.idempotency;
