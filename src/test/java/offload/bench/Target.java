package offload.bench;

/**
 * What a load is run against.
 *
 * @param product in the table
 * @param mode of the load generator, see {@link LoadPlan}
 * @param url where the load goes
 * @param pid of the process whose cost is taken
 * @param headers that each request has in addition, each with its line end
 */
record Target(String product, String mode, String url, long pid, String headers) {
    static final String DIRECT = "direct";
}
