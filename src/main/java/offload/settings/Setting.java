package offload.settings;

/**
 * One setting as it is in force.
 *
 * @param key for example {@code upstream.url}
 * @param value as text; what a secret is, is not for show: see {@link #shown()}
 * @param source where it comes from: {@code default}, the path of a file, or the name of a variable
 * @param secret whether its value must not be shown
 */
public record Setting(String key, String value, String source, boolean secret) {

    /** The value, or for a secret only whether there is one. */
    public String shown() {
        return secret && !value.isEmpty() ? "(set, not shown)" : value;
    }

    @Override
    public String toString() {
        return key + "=" + shown() + " (" + source + ")";
    }
}
