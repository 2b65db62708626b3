package org.chartkeeper.exchange.domain.fhir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/** One test's own copy of the fixtures, and the command line verb on it. */
final class Importing {

    /** Makes every id of this test its own. */
    final String id = UUID.randomUUID().toString().substring(0, 13);

    private final String digits = "%03d".formatted(ThreadLocalRandom.current().nextInt(1000));
    final String source = "test-" + id;
    private final ImportVerb verb;
    private final Path folder;

    /** What the verb answered. */
    record Answer(int status, JsonNode json, String err) {
        long read() {
            return json.get("read").longValue();
        }

        long count(String fate) {
            return json.get(fate).longValue();
        }

        long count(String type, String fate) {
            JsonNode counts = json.get("byType").get(type);
            return counts == null ? 0 : counts.get(fate).longValue();
        }

        /** Without the notes on likely duplicates, which other tests' patients cause. */
        List<String> reasons() {
            return allReasons().stream()
                    .filter(reason -> !reason.contains("may be the same person"))
                    .toList();
        }

        List<String> allReasons() {
            List<String> reasons = new ArrayList<>();
            for (JsonNode problem : json.get("problems")) {
                reasons.add(problem.get("reason").stringValue());
            }
            return reasons;
        }

        boolean addsUp() {
            long sum = 0;
            for (JsonNode counts : json.get("byType")) {
                if (counts.get("read").longValue() != sum(counts)) {
                    return false;
                }
                sum += counts.get("read").longValue();
            }
            return sum == read() && sum(json) == sum;
        }

        private static long sum(JsonNode counts) {
            return List.of("stored", "updated", "unchanged", "kept", "refused").stream()
                    .mapToLong(fate -> counts.get(fate).longValue())
                    .sum();
        }
    }

    Importing(ImportVerb verb, Path folder) {
        this.verb = verb;
        this.folder = folder;
    }

    /** A fixture's text with ids of this test's own. */
    String fixture(String name) {
        try (InputStream in = Importing.class.getResourceAsStream("/fhir/" + name)) {
            return own(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String own(String text) {
        return text.replace("@ID@", id).replace("@N@", digits);
    }

    Path file(String name, String text) {
        return file(name, own(text).getBytes(StandardCharsets.UTF_8));
    }

    Path file(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer run(Path... paths) {
        List<String> arguments = new ArrayList<>();
        for (Path path : paths) {
            arguments.add(path.toString());
        }
        arguments.addAll(List.of("--json", "--source", source));
        return run(arguments);
    }

    Answer run(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            int status = verb.run(
                    arguments,
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8));
            String text = out.toString(StandardCharsets.UTF_8);
            return new Answer(
                    status,
                    Fhir.JSON.readTree(text.startsWith("{") ? text : "{}"),
                    err.toString(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
