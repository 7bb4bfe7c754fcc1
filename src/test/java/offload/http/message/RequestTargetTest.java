package offload.http.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "http://user:secret@offload.example/1/r/a.txt, /1/r/a.txt",
        "http://user:secret@offload.example, -",
        "ftp://user:secret@offload.example/a, -",
        "/1/r/a.txt%253fstream_token=secret, /1/r/a.txt%253f",
        "/1/r/a.txt;stream_token=secret, /1/r/a.txt;"
    })
    void a_log_holds_no_password_before_a_path_and_no_token_behind_it(String path, String shown) {
        assertEquals(shown, RequestTarget.shown(path));
    }
}
