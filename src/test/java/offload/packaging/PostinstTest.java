package offload.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that dpkg runs, with commands of the system that only note what they are asked. */
class PostinstTest {
    @TempDir
    Path folder;

    @Test
    void the_data_folder_belongs_to_the_server() throws Exception {
        assertEquals(List.of("-d -o offload -g offload -m 0750 /var/lib/offload"), installed("exit 1"));
    }

    @Test
    void what_the_operator_says_by_dpkg_statoverride_holds() throws Exception {
        assertEquals(
                List.of("-d -o alice -g 1234 -m 2770 /var/lib/offload"),
                installed("[ \"$*\" = '--list /var/lib/offload' ] && echo 'alice #1234 2770 /var/lib/offload'"));
    }

    private List<String> installed(String statoverride) throws IOException, InterruptedException {
        Path asked = folder.resolve("asked");
        command("dpkg-statoverride", statoverride);
        command("install", "echo \"$*\" >> '" + asked + "'");
        for (String other : List.of("getent", "deb-systemd-helper", "deb-systemd-invoke", "systemctl")) {
            command(other, "exit 0");
        }
        Command ran = Command.run(
                "/usr/bin/env", "PATH=" + folder + ":/usr/bin:/bin", "sh", "src/packaging/postinst", "configure");
        assertEquals(0, ran.code(), ran.output());
        return Files.readAllLines(asked);
    }

    private void command(String name, String does) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + does + '\n');
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
