package org.chartkeeper.terminology.domain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Small files of codes in the published shapes, with contents of our own. */
public final class CodeFixtures {

    public static final Path DATA = Path.of("../shared/data/codesets");

    private CodeFixtures() {}

    public static void needData() {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "the public code sets are not beside this checkout");
    }

    /** A code of an order file: its title follows a colon, an exclamation mark before it makes a heading. */
    public static String order(String... codes) {
        List<String> lines = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (char letter : "ABCDEFGHIJKLMNOPQRSTVWXYZU".toCharArray()) {
            String own = String.valueOf(letter);
            List<String> given = List.of(codes).stream()
                    .filter(code -> code.replace("!", "").startsWith(own))
                    .toList();
            if (given.isEmpty()) {
                all.add("!" + letter + "00:Heading of " + letter);
                all.add(letter + "000:Condition of " + letter);
            }
            all.addAll(given);
        }
        for (String one : all) {
            String[] parts = one.replace("!", "").split(":", 2);
            lines.add(String.format(
                    "%05d %-7s %s %-60s %s",
                    lines.size() + 1,
                    parts[0],
                    one.startsWith("!") ? "0" : "1",
                    parts[1].substring(0, Math.min(60, parts[1].length())),
                    parts[1]));
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    public static Path write(Path folder, String name, String content) throws java.io.IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** The tables as a new installation has them. */
    public static void forget(JdbcClient database, ApplicationEventPublisher events) {
        for (String table : List.of(
                "code_term",
                "code_seventh",
                "code_note",
                "code_place",
                "code_entry",
                "code_series",
                "code_file",
                "code_release")) {
            database.sql("delete from " + table).update();
        }
        events.publishEvent(new CodeImport.Loaded());
    }
}
