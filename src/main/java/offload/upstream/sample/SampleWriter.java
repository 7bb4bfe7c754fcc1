package offload.upstream.sample;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes up answers: Markdown with what a page must be able to show (headings, lists, a table, code, scripts of several kinds,
 * emoji), about the last thing the user said. The same conversation gets the same answer.
 */
final class SampleWriter {
    private static final int TOPIC_LENGTH = 72;

    private static final String[] OPENINGS = {
        "Good question. Let us take it apart and look at the pieces one by one.",
        "There is a short answer and a long one; here is something in between.",
        "Let me think about this from two sides: what you see, and what happens underneath.",
        "This comes up often, and the first answer that comes to mind is seldom the best one.",
    };
    private static final String[] POINTS = {
        "**Start small.** Something simple that works can grow; something large that does not can only be explained.",
        "**Write it down first.** Whatever is on disk survives a closed laptop, a lost train connection and a restart.",
        "**Measure before you change.** The slow part is hardly ever where one looks first.",
        "**Name things well.** A good name saves a page of explanation, a wrong one costs two.",
        "**Keep one source of truth.** Everything else can be derived again when it is lost.",
        "**Let readers come and go.** Nobody who works should have to wait for somebody who watches.",
        "**Fail in the open.** An error that says what to do next is half of the repair.",
        "**Prefer the boring choice.** It has been wrong in every way already, and somebody wrote that down.",
    };
    private static final String[] ROWS = {
        "| Morning | coffee, plan, one hard thing | 90 min |",
        "| Midday | the walk that solves it | 25 min |",
        "| Afternoon | the careful part, with tests | 120 min |",
        "| Evening | tidy up, write down what was learnt | 20 min |",
        "| Night | let it rest 🌙 | 8 h |",
    };
    private static final String[] CODES = {
        """
        ```python
        def follow(events, since=0):
            for offset, data in events.after(since):
                if data == "[DONE]":
                    return
                yield offset, data
        ```
        """, """
        ```js
        const source = new EventSource(url);
        source.onmessage = ({ data, lastEventId }) =>
          data === "[DONE]" ? source.close() : show(JSON.parse(data), lastEventId);
        ```
        """, """
        ```sql
        SELECT day, count(*) AS turns   -- "quotes", \\backslashes\\ and <tags> & all
          FROM log WHERE state <> 'failed' GROUP BY day ORDER BY day;
        ```
        """,
    };
    private static final String[] CLOSINGS = {
        "> “Slow is smooth, and smooth is fast.” — Old saying 🐢",
        "Naïve? Perhaps. But façades crumble, and a good 東京 ramen takes time, too. 🍜",
        "Если что-то непонятно, спросите: πάντα ῥεῖ, ونحن نتعلم كل يوم. ✨",
        "That is all. Ask on: the next answer will know this one. 👩‍💻🚀",
    };
    private static final String[] THOUGHTS = {
        "The user wants to know about this. First: what is really asked? ",
        "I could answer at once, but a table and an example make it clearer. ",
        "One thing to check: nothing here may depend on the time of day. ",
        "Good, that holds. Now put it in order and keep it short. ",
    };

    private final RandomGenerator random;

    SampleWriter(RandomGenerator random) {
        this.random = random;
    }

    String thoughts() {
        return String.join("", THOUGHTS).strip();
    }

    String answer(List<SampleMessage> messages) {
        String topic = topic(messages);
        String earlier = SampleMessage.last(messages, "assistant");
        StringBuilder text = new StringBuilder();
        text.append("# ").append(topic.isEmpty() ? "Hello there" : topic).append("\n\n");
        text.append(one(OPENINGS)).append('\n');
        if (!earlier.isEmpty()) {
            text.append("\nEarlier I told you about *")
                    .append(shortened(earlier.replaceAll("[#*`]", "").strip(), 40));
            text.append("*; with it we have ").append(messages.size()).append(" messages so far.\n");
        }
        text.append("\n## What matters\n\n");
        some(POINTS, 3).forEach(point -> text.append("- ").append(point).append('\n'));
        text.append("\n## A plan\n\n| When | What | How long |\n|:-----|:-----|---------:|\n");
        some(ROWS, 3).forEach(row -> text.append(row).append('\n'));
        text.append("\n## In code\n\n").append(one(CODES));
        text.append("\n1. Read it once.\n2. Try it.\n3. Change one thing at a time.\n\n")
                .append(one(CLOSINGS));
        return text.append("\n\n*No model was asked: this is the sample upstream of Offload.*")
                .toString();
    }

    /** What the user last spoke of, on one line. */
    static String topic(List<SampleMessage> messages) {
        return shortened(SampleMessage.last(messages, "user").strip(), TOPIC_LENGTH);
    }

    private static String shortened(String text, int length) {
        String line = text.lines().findFirst().orElse("").strip();
        int count = line.codePointCount(0, line.length());
        return count <= length
                ? line
                : line.substring(0, line.offsetByCodePoints(0, length)).strip() + "…";
    }

    private String one(String[] pool) {
        return pool[random.nextInt(pool.length)];
    }

    /** So many different ones of the pool, in its order. */
    private List<String> some(String[] pool, int count) {
        int[] chosen =
                random.ints(0, pool.length).distinct().limit(count).sorted().toArray();
        return Arrays.stream(chosen).mapToObj(i -> pool[i]).toList();
    }
}
