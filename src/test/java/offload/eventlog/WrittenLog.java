package offload.eventlog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.disk.DeviceSync;

/** A log in a folder, and what its turn does. */
record WrittenLog(EventLog log) implements AutoCloseable {

    static WrittenLog in(Path folder) throws IOException {
        return new WrittenLog(new EventLog(Files.createFile(folder.resolve("log.txt")), new DeviceSync(folder)));
    }

    void publish(String data) throws IOException {
        log.publish(append(data));
    }

    /** It is in the file, and nobody was told. */
    RecordBatch append(String data) throws IOException {
        RecordBatch batch = record(data);
        log.append(batch);
        return batch;
    }

    void finish() throws IOException {
        log.appendLast(record("[DONE]"));
        log.end();
    }

    private RecordBatch record(String data) {
        RecordBatch batch = new RecordBatch();
        batch.begin(log.position());
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        batch.add(bytes, 0, bytes.length);
        return batch;
    }

    String file() throws IOException {
        return Files.readString(log.file());
    }

    @Override
    public void close() throws IOException {
        log.breakOff();
        log.close();
    }
}
