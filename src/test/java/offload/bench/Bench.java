package offload.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Runs works against Offload and its peers in turn, in rounds, and prints a table. Arguments: rounds, then names of works;
 * where none is named, all are run and the table is written into the document as well.
 */
final class Bench {
    private final Products products;
    private final int rounds;
    private final List<String> lines = new ArrayList<>();

    private Bench(Products products, int rounds) {
        this.products = products;
        this.rounds = rounds;
    }

    /** Runs the benchmark from the checkout, after {@code scripts/build}. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        List<String> wanted = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        List<Work> works = Work.named(wanted);
        // A document without the place for them is better known now than after half an hour.
        ResultTable.inDocument();
        Bench bench;
        try (Products products = Products.start()) {
            bench = new Bench(products, rounds);
            String setting = Machine.describe(products.data()) + "; " + products.versions() + ". "
                    + LocalDate.now(ZoneOffset.UTC) + ", rounds: " + rounds + ".";
            bench.show(setting);
            bench.show("");
            products.warmUp();
            Measured.HEAD.forEach(line -> bench.show(line));
            for (Work work : works) {
                bench.measure(work).forEach(line -> bench.show(line));
            }
        }
        if (wanted.isEmpty()) {
            ResultTable.write(bench.lines);
        }
    }

    private void show(String line) {
        System.out.println(line);
        lines.add(line);
    }

    private List<String> measure(Work work) throws Exception {
        Map<String, List<Measured>> runs = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (Target target : products.targets(work)) {
                runs.computeIfAbsent(target.product(), name -> new ArrayList<>())
                        .add(products.run(work, target));
            }
        }
        OptionalDouble nginx = runs.entrySet().stream()
                .filter(entry -> entry.getKey().equals(NginxPeer.productFor(work)))
                .mapToDouble(entry -> Measured.median(entry.getValue()).cost())
                .findFirst();
        return runs.entrySet().stream()
                .map(entry -> Measured.row(
                        work.title(),
                        entry.getKey(),
                        entry.getValue(),
                        // What goes straight to the upstream has no server to be compared.
                        entry.getKey().equals(Target.DIRECT) ? OptionalDouble.empty() : nginx))
                .toList();
    }
}
