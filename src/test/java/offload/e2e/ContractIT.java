package offload.e2e;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every rule of the contract that can be seen over HTTP or in the data folder. The cases stand beside each other in the
 * files of {@code src/test/resources/contract}, one file for each section. {@code -Dcontract.only=TEXT} runs those whose
 * name holds the text.
 */
class ContractIT {
    private static final String ONLY = System.getProperty("contract.only", "");
    private static final List<CaseServers> OPEN = new ArrayList<>();

    @TestFactory
    Stream<DynamicNode> the_contract() throws IOException, URISyntaxException {
        Path folder = Path.of(ContractIT.class.getResource("/contract").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<DynamicNode> sections = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                sections.add(section(file));
            }
            return sections.stream();
        }
    }

    private static DynamicNode section(Path file) throws IOException {
        CaseFile cases = CaseFile.load(file);
        CaseServers servers = new CaseServers(cases.servers());
        OPEN.add(servers);
        return DynamicContainer.dynamicContainer(
                file.getFileName().toString(),
                cases.cases().stream()
                        .filter(rule -> rule.name().contains(ONLY))
                        .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> CaseRun.run(rule, servers))));
    }

    @AfterAll
    static void stop() {
        OPEN.forEach(CaseServers::close);
    }
}
