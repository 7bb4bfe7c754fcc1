package offload.keys;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import offload.disk.Folders;
import org.jspecify.annotations.Nullable;

/**
 * The service keys in the data folder, one file each, so that a command line and any number of servers share them:
 *
 * <pre>
 * PREFIX.json           name, SHA-256, limits of a key that is in force
 * revoked/PREFIX.json   the same of one that is not any more
 * </pre>
 *
 * <p>Any thread and any process may call it; each call is one rename.
 */
public final class KeyFolder {
    static final String REVOKED = "revoked";
    private static final int LONGEST_NAME = 64;

    private final Path folder;
    private final InstantSource clock;

    /** The keys in {@code folder}, which is made when the first key is. */
    public KeyFolder(Path folder, InstantSource clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /**
     * A new key, together with its text, which is not kept anywhere.
     *
     * @param text what its holder sends
     */
    public record Created(ServiceKey key, String text) {}

    /**
     * Makes a key that is in force at once.
     *
     * @param name 1 to 64 characters, or null to call it by its prefix
     * @throws KeyFault if a name or limit is not allowed
     */
    public Created create(@Nullable String name, @Nullable Long quotaPerMonth, @Nullable Integer ratePerMinute)
            throws IOException, KeyFault {
        String text = KeyText.generate();
        String prefix = KeyText.prefixOf(text);
        ServiceKey key = new ServiceKey(
                name == null ? prefix : checked(name),
                prefix,
                KeyText.sha256(text),
                clock.instant(),
                quotaPerMonth,
                ratePerMinute);
        check(quotaPerMonth == null || quotaPerMonth >= 1, "The quota must be at least 1 request per month.");
        check(ratePerMinute == null || ratePerMinute >= 1, "The rate must be at least 1 request per minute.");
        Files.createDirectories(folder);
        SmallFile.own(folder);
        SmallFile.replace(file(key), KeyFile.write(key));
        Folders.sync(folder);
        return new Created(key, text);
    }

    /**
     * What the folder holds.
     *
     * @param keys those in force, oldest first
     * @param damaged files that hold no key: each admits nobody, and must not hide the others from who has one to revoke
     */
    public record Content(List<ServiceKey> keys, List<Path> damaged) {}

    /** What is in force now, and what is not because its file is damaged. */
    public Content content() throws IOException {
        List<ServiceKey> keys = new ArrayList<>();
        List<Path> damaged = new ArrayList<>();
        for (String name : SmallFile.names(folder)) {
            if (name.endsWith(KeyFile.ENDING)) {
                add(folder.resolve(name), keys, damaged);
            }
        }
        keys.sort(Comparator.comparing(ServiceKey::createdAt));
        return new Content(List.copyOf(keys), List.copyOf(damaged));
    }

    private static void add(Path file, List<ServiceKey> keys, List<Path> damaged) throws IOException {
        try {
            keys.add(KeyFile.read(Files.readString(file)));
        } catch (NoSuchFileException e) {
            // Revoked between the listing and the look.
        } catch (CharacterCodingException | RuntimeException e) {
            damaged.add(file);
        }
    }

    /**
     * The one key in force that is called {@code nameOrPrefix}: its name, the beginning of its prefix, or the key itself.
     *
     * @throws KeyFault if there is none or more than one
     */
    public ServiceKey find(String nameOrPrefix) throws IOException, KeyFault {
        List<ServiceKey> found = called(nameOrPrefix);
        check(!found.isEmpty(), "There is no such key. See 'key list' for names and prefixes.");
        check(
                found.size() == 1,
                "'" + nameOrPrefix + "' is ambiguous; name one of these prefixes: "
                        + String.join(
                                ", ", found.stream().map(ServiceKey::prefix).toList()));
        return found.getFirst();
    }

    /** All keys here that are called so, as {@link #find} has it. */
    public List<ServiceKey> called(String nameOrPrefix) throws IOException {
        return content().keys().stream()
                .filter(key -> isCalled(key, nameOrPrefix))
                .toList();
    }

    /** Those that are not in force any more. */
    public KeyFolder revoked() {
        return new KeyFolder(folder.resolve(REVOKED), clock);
    }

    /**
     * Takes a key out of force, for every process within a second, and keeps its file aside.
     *
     * @throws KeyFault as {@link #find}
     */
    public ServiceKey revoke(String nameOrPrefix) throws IOException, KeyFault {
        ServiceKey key = find(nameOrPrefix);
        Path revoked = folder.resolve(REVOKED);
        Files.createDirectories(revoked);
        SmallFile.own(revoked);
        try {
            Files.move(file(key), revoked.resolve(file(key).getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            throw new KeyFault("The key was revoked by somebody else in the same moment.");
        }
        Folders.sync(revoked);
        Folders.sync(folder);
        return key;
    }

    private Path file(ServiceKey key) {
        return folder.resolve(key.prefix() + KeyFile.ENDING);
    }

    private static boolean isCalled(ServiceKey key, String nameOrPrefix) {
        boolean begins = nameOrPrefix.startsWith(KeyText.MARK) && key.prefix().startsWith(nameOrPrefix);
        return begins || key.name().equals(nameOrPrefix) || key.sha256().equals(KeyText.sha256(nameOrPrefix));
    }

    private static String checked(String name) throws KeyFault {
        boolean fits = !name.isBlank() && name.codePointCount(0, name.length()) <= LONGEST_NAME;
        check(
                fits && name.codePoints().noneMatch(Character::isISOControl),
                "A key's name has 1 to " + LONGEST_NAME + " characters and no control characters.");
        check(!name.startsWith(KeyText.MARK), "A key's name must not begin with " + KeyText.MARK + ", as prefixes do.");
        return name;
    }

    private static void check(boolean good, String otherwise) throws KeyFault {
        if (!good) {
            throw new KeyFault(otherwise);
        }
    }
}
