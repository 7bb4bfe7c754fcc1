/** Tests of what comes round again. */
package offload.sweep;
