package offload.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.MemberSelectTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Imports go down only, rooms on one floor do not know each other, and nothing goes round in a circle. */
class FloorsTest {
    private static final Pattern QUALIFIED = Pattern.compile("offload(\\.[a-z]\\w*)*\\.[A-Z][\\w.]*");
    /** Behind a seam: not even the room around them knows them. */
    private static final Set<String> BEHIND_A_SEAM = Set.of("offload.upstream.openai", "offload.upstream.sample");

    @Test
    void every_room_has_its_floor() {
        Set<String> rooms = new TreeSet<>();
        Checkout.MAIN.forEach(source -> rooms.add(source.room()));
        rooms.removeAll(Floors.OF.keySet());
        assertEquals(Set.of(), rooms, "rooms that have no floor yet");
    }

    @Test
    void what_a_room_names_lies_on_a_lower_floor() {
        List<String> faults = new ArrayList<>();
        for (Source source : Checkout.MAIN) {
            for (String name : namesIn(source)) {
                if (!mayName(source.room(), Floors.roomOf(name))) {
                    faults.add(source.path() + " names " + name);
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void every_room_inside_a_room_has_its_floor_there() {
        Set<String> inner = new TreeSet<>();
        Checkout.MAIN.forEach(source -> inner.add(source.packageName()));
        inner.removeIf(name -> !isInner(name));
        assertEquals(new TreeSet<>(Floors.INSIDE.keySet()), inner);
    }

    @Test
    void what_a_room_inside_a_room_names_there_lies_on_a_lower_floor_of_that() {
        List<String> faults = new ArrayList<>();
        for (Source source : Checkout.MAIN) {
            String from = source.packageName();
            for (String name : namesIn(source)) {
                String to = Floors.packageOf(name);
                boolean inOneRoom =
                        isInner(from) && isInner(to) && source.room().equals(Floors.roomOf(name));
                boolean isBelow =
                        from.equals(to) || Floors.INSIDE.getOrDefault(from, -1) > Floors.INSIDE.getOrDefault(to, 99);
                if (inOneRoom && !isBelow) {
                    faults.add(source.path() + " names " + name);
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void only_the_root_and_the_room_around_it_name_a_room_inside_another() {
        List<String> faults = new ArrayList<>();
        for (Source source : Checkout.MAIN) {
            for (String name : namesIn(source)) {
                String inner = Floors.packageOf(name);
                boolean around = source.room().equals(Floors.roomOf(name)) && isOnOneSide(source.packageName(), inner);
                boolean knownHere = around
                        || source.packageName().equals(inner)
                        || source.room().equals(Floors.ROOT);
                if (isInner(inner) && !knownHere) {
                    faults.add(source.path() + " names " + name);
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void only_the_json_room_names_the_provider_and_nobody_looks_for_it_which_goes_through_all_jars() {
        List<String> faults = new ArrayList<>();
        for (Source source : Checkout.MAIN) {
            boolean named = source.all(MemberSelectTree.class).stream()
                    .map(MemberSelectTree::toString)
                    .anyMatch(name -> name.equals("jakarta.json.Json") || name.startsWith("org.eclipse.parsson."));
            boolean looks = source.all(MemberSelectTree.class).stream()
                    .map(MemberSelectTree::toString)
                    .anyMatch(name -> name.endsWith("JsonProvider.provider"));
            if (looks || named && !source.room().equals("json")) {
                faults.add(source.path().toString());
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void packages_do_not_name_each_other_in_a_circle() {
        Map<String, Set<String>> named = new TreeMap<>();
        for (Source source : Checkout.MAIN) {
            Set<String> targets = named.computeIfAbsent(source.packageName(), _ -> new TreeSet<>());
            namesIn(source).forEach(name -> targets.add(Floors.packageOf(name)));
            targets.remove(source.packageName());
        }
        for (String start : named.keySet()) {
            assertTrue(!reaches(start, start, named, new TreeSet<>()), start + " is part of a circle in " + named);
        }
    }

    @Test
    void a_look_at_the_sources_sees_what_they_name() {
        assertTrue(Checkout.MAIN.stream().anyMatch(source -> namesIn(source).contains("offload.turn.UpstreamKey")));
    }

    /** A room inside one that is behind a seam is behind it, too. */
    private static boolean isOnOneSide(String from, String to) {
        return BEHIND_A_SEAM.stream().noneMatch(seam -> isWithin(to, seam) && !isWithin(from, seam));
    }

    private static boolean isWithin(String packageName, String room) {
        return packageName.equals(room) || packageName.startsWith(room + ".");
    }

    private static boolean isInner(String packageName) {
        return packageName.split("\\.").length > 2;
    }

    private static boolean mayName(String from, String to) {
        return from.equals(to) || Floors.OF.getOrDefault(from, -1) > Floors.OF.getOrDefault(to, 99);
    }

    private static boolean reaches(String from, String goal, Map<String, Set<String>> named, Set<String> seen) {
        for (String next : named.getOrDefault(from, Set.of())) {
            if (next.equals(goal) || (seen.add(next) && reaches(next, goal, named, seen))) {
                return true;
            }
        }
        return false;
    }

    /** The qualified names below {@code offload}, in imports and in the code. */
    private static Set<String> namesIn(Source source) {
        Set<String> names = new TreeSet<>();
        for (MemberSelectTree tree : source.all(MemberSelectTree.class)) {
            if (QUALIFIED.matcher(tree.toString()).matches()) {
                names.add(tree.toString());
            }
        }
        return names;
    }
}
