/** Tests of the one JSON reader. */
package offload.json;
