package offload.json;

/**
 * A member of an object whose value travels as it was written.
 *
 * @param name the member's name, decoded
 * @param raw the value's JSON text, byte for byte as it came
 */
public record JsonMember(String name, String raw) {

    /** Whether the value is null. */
    public boolean isNull() {
        return raw.equals("null");
    }
}
