package offload.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON in several pieces, of which the long ones are where they always were: a conversation of many megabytes is put together
 * and sent without a copy of it.
 *
 * @param pieces one after the other
 */
record JsonText(List<JsonSource> pieces) implements JsonSource {
    @Override
    public int length() {
        return pieces.stream().mapToInt(JsonSource::length).reduce(0, Math::addExact);
    }

    @Override
    public int inMemory() {
        return pieces.stream().mapToInt(JsonSource::inMemory).sum();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (JsonSource piece : pieces) {
            piece.writeTo(out);
        }
    }

    @Override
    public JsonSource opened() throws IOException {
        List<JsonSource> opened = new ArrayList<>();
        try {
            for (JsonSource piece : pieces) {
                opened.add(piece.opened());
            }
            return new JsonText(opened);
        } catch (IOException e) {
            opened.forEach(JsonSource::close);
            throw e;
        }
    }

    @Override
    public void close() {
        pieces.forEach(JsonSource::close);
    }
}
