package offload.e2e;

import java.util.List;
import java.util.Map;

/**
 * One rule of the contract and how it is seen.
 *
 * @param name the rule in words
 * @param server which of the file's servers it is asked of
 * @param tries how often it is tried at most: more than once where it is about a time that a busy machine may add to
 * @param upstream what the upstream does on each of its calls; empty for a short answer
 * @param steps what is done and expected, in order
 */
record ContractCase(String name, String server, int tries, List<?> upstream, List<Map<String, Object>> steps) {}
