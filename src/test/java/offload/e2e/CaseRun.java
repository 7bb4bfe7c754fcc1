package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.jspecify.annotations.Nullable;

/** One run of one case: takes its steps in order and fails with the step that did not go as written. */
final class CaseRun {
    private static final int ALL = 1_000_000;
    private static final int MOST_SECONDS = 20;

    private final ContractCase rule;
    private final CaseServers servers;
    private final Semaphore gate = new Semaphore(0);
    private final Variables variables;
    private final DataFolderView folder;
    private final Requests requests;
    private final Followers followers = new Followers();
    private final int callsBefore;

    /**
     * Runs the case, which holds if it does in one of its tries. What was to happen in one second of the clock and took a
     * machine longer has shown nothing: that is no try.
     */
    static CaseRun run(ContractCase rule, CaseServers servers) throws IOException {
        int tries = 0;
        for (int runs = 1; ; runs++) {
            CaseRun run = new CaseRun(rule, servers, runs);
            try {
                run.run();
                return run;
            } catch (AssertionError e) {
                tries += run.fellApart() && runs < MOST_SECONDS ? 0 : 1;
                if (tries >= rule.tries()) {
                    throw e;
                }
            }
        }
    }

    private CaseRun(ContractCase rule, CaseServers servers, int number) throws IOException {
        this.rule = rule;
        this.servers = servers;
        this.variables = new Variables(() -> servers.folder(rule.server()));
        this.folder = new DataFolderView(() -> servers.folder(rule.server()));
        this.requests = new Requests(variables, new Expectation(folder));
        this.callsBefore = upstream().requests().size();
        variables.set("upstream", upstream().base().toString());
        variables.set("try", Integer.toString(number));
        servers.port(rule.server());
        servers.serviceKeys().forEach((holder, key) -> variables.set("key." + holder, key));
    }

    /** What the last submission or request got. */
    Answer lastAnswer() {
        return requests.last();
    }

    private ScriptedUpstream upstream() {
        return servers.upstream();
    }

    /** Takes all steps, lets go what is held, and waits until nothing of this case runs any more. */
    private void run() throws IOException {
        upstream().always(new UpstreamScript((List<?>) fill(rule.upstream()), gate));
        try {
            for (Map<String, Object> step : rule.steps()) {
                take(step);
            }
        } finally {
            gate.release(ALL);
            followers.close();
            requests.awaitTurns(servers.port(rule.server()));
        }
    }

    private boolean fellApart() {
        return requests.seconds() > 1 && rule.steps().stream().anyMatch(step -> step.containsKey("second-start"));
    }

    private @Nullable Object fill(@Nullable Object tree) {
        return variables.fillAll(tree);
    }

    private void take(Map<String, Object> step) throws IOException {
        try {
            String at = String.valueOf(step.getOrDefault("at", rule.server()));
            variables.set("base", "http://127.0.0.1:" + servers.port(at));
            obey(step, at);
        } catch (AssertionError e) {
            throw new AssertionError("at the step " + step + "\n" + e.getMessage(), e);
        }
    }

    private void obey(Map<String, Object> step, String at) throws IOException {
        String verb = step.keySet().iterator().next();
        Object with = step.get(verb);
        int port = servers.port(at);
        switch (verb) {
            case "submit", "submit-with", "submit-text", "submit-bytes" -> requests.submit(port, step);
            case "request" -> requests.request(port, step, () -> meanwhile(step));
            case "final" -> requests.awaitFinal(port, step);
            case "release" -> gate.release();
            case "folder" -> folder.check(CaseFile.map(fill(with)));
            case "touch" -> Files.createFile(folder.file(variables.fill(with.toString())));
            case "write" -> write(CaseFile.map(fill(with)));
            case "remove" -> Files.delete(folder.file(variables.fill(with.toString())));
            case "restart" -> servers.restart(at);
            case "close" -> servers.close(at);
            case "closed" -> servers.awaitClosed();
            case "revoke" -> servers.revoke(at, variables.fill(with.toString()));
            case "start-fails" -> startFails(step);
            case "second-start" -> awaitStartOfSecond();
            case "follow", "heard", "leaves" -> followers.obey(port, verb, CaseFile.map(fill(step)), folder);
            case "upstream-got" -> UpstreamView.check(lastCall(), CaseFile.map(fill(with)));
            case "upstream-calls" -> upstreamCalls(port, with);
            case "upstream-sees-close" ->
                Until.holds(
                        "the server leaves",
                        () -> upstream().connections().getLast().clientClosed());
            default -> throw new AssertionError("a case cannot do: " + verb);
        }
    }

    private void write(Map<String, Object> texts) throws IOException {
        for (Map.Entry<String, Object> one : texts.entrySet()) {
            Path file = folder.file(one.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, one.getValue().toString());
        }
    }

    /** How many calls the turns of this case made, all of which are waited for. */
    private void upstreamCalls(int port, @Nullable Object expected) throws IOException {
        requests.awaitTurns(port);
        assertEquals(expected, upstream().requests().size() - callsBefore, "upstream calls");
    }

    private void startFails(Map<String, Object> step) {
        String message = servers.startFails(CaseFile.map(fill(step.get("start-fails"))));
        assertTrue(Words.fits(String.valueOf(step.get("saying")), message), message);
    }

    private offload.testing.RecordedRequest lastCall() {
        Until.holds("a call of the upstream", () -> upstream().requests().size() > callsBefore);
        return upstream().requests().getLast();
    }

    private void meanwhile(Map<String, Object> step) {
        List<Map<String, Object>> steps = new ArrayList<>();
        CaseFile.list(step.get("meanwhile")).forEach(one -> steps.add(CaseFile.map(one)));
        for (Map<String, Object> one : steps) {
            try {
                take(one);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** So that what follows happens in one second of the clock, in which nothing has happened yet. */
    private static void awaitStartOfSecond() {
        long now = Instant.now().getEpochSecond();
        Until.holds("the next second", () -> Instant.now().getEpochSecond() > now);
    }
}
