package offload.upstream.sample;

import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** A request that the sample upstream refuses, in the shape of OpenAI's errors. */
final class SampleFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String param;
    private final @Nullable String code;

    SampleFault(int status, String message, @Nullable String param, @Nullable String code) {
        super(message);
        this.status = status;
        this.param = param;
        this.code = code;
    }

    /** A parameter with a value that cannot be. */
    static SampleFault value(String param, String rule) {
        return new SampleFault(400, "'" + param + "' " + rule + ".", param, "invalid_value");
    }

    int status() {
        return status;
    }

    byte[] body() {
        return new JsonWriter()
                .beginObject()
                .name("error")
                .beginObject()
                .name("message")
                .value(getMessage())
                .name("type")
                .value("invalid_request_error")
                .name("param")
                .value(param)
                .name("code")
                .value(code)
                .endObject()
                .endObject()
                .toBytes();
    }
}
