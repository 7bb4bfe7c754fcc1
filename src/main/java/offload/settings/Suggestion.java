package offload.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The known word that somebody may have meant who wrote an unknown one. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * {@code "; did you mean X?"} for those of {@code known} that begin with the word and go on, as a setting does after its
     * section, else for the nearest; or nothing where none is near.
     */
    public static String of(String word, Collection<String> known) {
        List<String> longer =
                known.stream().filter(one -> goesOn(one, word)).distinct().toList();
        if (!longer.isEmpty()) {
            return "; did you mean " + (longer.size() == 1 ? "" : "one of ") + String.join(", ", longer) + "?";
        }
        return known.stream()
                .min(Comparator.comparingInt((String one) -> distance(word, one))
                        .thenComparing(one -> one))
                .filter(nearest -> distance(word, nearest) <= Math.max(2, word.length() / 3))
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    private static boolean goesOn(String one, String word) {
        return one.startsWith(word) && one.length() > word.length() && ".-_".indexOf(one.charAt(word.length())) >= 0;
    }

    /** Levenshtein's: how many letters must be put in, taken out or changed. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
