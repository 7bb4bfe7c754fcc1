package offload.e2e;

import java.util.List;
import java.util.Map;

/**
 * One rule of the contract and how it is seen.
 *
 * @param name the rule in words
 * @param server which of the file's servers it is asked of
 * @param upstream what the upstream does on each of its calls; empty for a short answer
 * @param steps what is done and expected, in order
 */
record ContractCase(String name, String server, List<?> upstream, List<Map<String, Object>> steps) {}
