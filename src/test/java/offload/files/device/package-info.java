/** Tests of what lies in the data folder. */
package offload.files.device;
