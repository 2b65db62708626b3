package org.chartkeeper.exchange.domain.fhir;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.exchange.domain.fhir.Tally.Fate;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CommandLineVerb;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JsonGenerator;

/** {@code import fhir PATH… [--source NAME] [--facility CODE] [--json]}. */
@Component
class ImportVerb implements CommandLineVerb {

    private static final int WRONG_USAGE = 2;

    private final RunStore runs;
    private final ImportRunner runner;
    private final ContentStore store;
    private final Directory directory;
    private final DefaultFacility defaultFacility;
    private final TransactionTemplate transactions;
    private final TransactionTemplate reading;
    private final Clock clock;

    ImportVerb(
            RunStore runs,
            ImportRunner runner,
            ContentStore store,
            Directory directory,
            DefaultFacility defaultFacility,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.runs = runs;
        this.runner = runner;
        this.store = store;
        this.directory = directory;
        this.defaultFacility = defaultFacility;
        this.transactions = new TransactionTemplate(transactionManager);
        this.reading = new TransactionTemplate(transactionManager);
        this.reading.setReadOnly(true);
        this.clock = clock;
    }

    @Override
    public String words() {
        return "import fhir";
    }

    @Override
    public String usage() {
        return "import fhir PATH… [--source NAME] [--facility CODE] [--json]";
    }

    /** What was asked for. */
    private record Request(
            List<Path> paths, String source, @Nullable String facility, boolean json) {}

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
        Request request = parse(arguments, err);
        if (request == null) {
            return WRONG_USAGE;
        }
        FacilityId facility = facility(request, err);
        if (facility == null) {
            return WRONG_USAGE;
        }
        long begun = System.nanoTime();
        List<SourceFiles.Kept> files = keep(request, err);
        String fingerprint = ImportService.fingerprint(
                request.source(),
                facility,
                files.stream().map(SourceFiles.Kept::sha256).toList());
        Reporter reporter = new Reporter(err);
        long[] before = new long[1];
        UUID run = runner.locked(request.source(), reporter, () -> {
            UUID id = runs.interrupted(fingerprint)
                    .map(open -> goOn(open, err))
                    .orElseGet(() -> create(request, facility, fingerprint, files));
            before[0] = runs.load(id).activeMillis();
            runner.run(id, reporter, () -> false);
            return id;
        });
        reporter.end();
        double seconds = (System.nanoTime() - begun) / 1e9 + before[0] / 1000.0;
        Tally tally = runs.counts(run);
        if (request.json()) {
            json(run, files.size(), tally, seconds, out);
        } else {
            table(run, files.size(), tally, seconds, out);
        }
        return tally.count(Fate.REFUSED) > 0 ? 1 : 0;
    }

    private static @Nullable Request parse(List<String> arguments, PrintStream err) {
        List<Path> paths = new ArrayList<>();
        String source = ImportService.DEFAULT_SOURCE;
        String facility = null;
        boolean json = false;
        boolean options = true;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            String name = argument;
            String value = null;
            int equal = argument.indexOf('=');
            if (options && argument.startsWith("--") && equal > 0) {
                name = argument.substring(0, equal);
                value = argument.substring(equal + 1);
            }
            if (options && argument.equals("--")) {
                options = false;
            } else if (options && argument.equals("--json")) {
                json = true;
            } else if (options && (name.equals("--source") || name.equals("--facility"))) {
                if (value == null && rest.hasNext()) {
                    value = rest.next();
                }
                if (value == null || value.isBlank() || value.length() > 100) {
                    err.println(name + " needs a value of at most 100 characters");
                    return null;
                }
                if (name.equals("--source")) {
                    source = value.strip();
                } else {
                    facility = value.strip();
                }
            } else if (options && argument.startsWith("-") && argument.length() > 1) {
                err.println("there is no option " + argument);
                return null;
            } else {
                paths.add(Path.of(argument));
            }
        }
        if (paths.isEmpty()) {
            err.println("name at least one file or folder");
            return null;
        }
        for (Path path : paths) {
            if (!Files.isReadable(path)) {
                err.println("cannot read " + path);
                return null;
            }
        }
        return new Request(List.copyOf(paths), source, facility, json);
    }

    private @Nullable FacilityId facility(Request request, PrintStream err) {
        String code = request.facility();
        if (code == null) {
            return defaultFacility.id();
        }
        Optional<Directory.Facility> found = directory.facilityByCode(code);
        if (found.isEmpty()) {
            List<String> codes = directory.facilities().stream()
                    .map(Directory.Facility::code)
                    .toList();
            err.println("there is no facility " + code + (codes.isEmpty() ? "" : "; there are " + codes));
            return null;
        }
        return found.get().id();
    }

    private List<SourceFiles.Kept> keep(Request request, PrintStream err) throws IOException {
        SourceFiles sources = new SourceFiles(store, runner.limits());
        List<SourceFiles.Found> found = SourceFiles.find(request.paths());
        err.println("import: keeping " + found.size() + (found.size() == 1 ? " file" : " files"));
        List<SourceFiles.Kept> files = new ArrayList<>();
        for (SourceFiles.Found file : found) {
            files.addAll(sources.keep(file));
        }
        return files;
    }

    private UUID goOn(UUID run, PrintStream err) {
        err.println("import: these files were not finished before; going on where that run stood");
        return run;
    }

    private UUID create(Request request, FacilityId facility, String fingerprint, List<SourceFiles.Kept> files) {
        UUID id = Uuid7.next();
        String first = request.paths().get(0).toString();
        String label = request.paths().size() == 1
                ? first
                : first + " and " + (request.paths().size() - 1) + " more";
        transactions.executeWithoutResult(status -> {
            runs.create(
                    id,
                    request.source(),
                    facility,
                    Actor.SYSTEM_USER,
                    "command line",
                    label,
                    fingerprint,
                    null,
                    clock.instant());
            runs.addFiles(id, files);
        });
        return id;
    }

    /** Says on standard error how far it is, every two seconds. */
    private static final class Reporter implements ImportRunner.Progress {
        private final PrintStream err;
        private long last = System.nanoTime();
        private boolean said;

        Reporter(PrintStream err) {
            this.err = err;
        }

        @Override
        public void waiting(String source) {
            err.println("import: another import of source " + source + " is at work; waiting for its end");
        }

        @Override
        public void at(Pass pass, Tally soFar, double share, Duration active) {
            long now = System.nanoTime();
            if (now - last < 2_000_000_000L) {
                return;
            }
            last = now;
            said = true;
            double seconds = active.toMillis() / 1000.0;
            long left = share > 0.01 ? Math.round(seconds / share * (1 - share)) : -1;
            err.printf(
                    Locale.ROOT,
                    "import: %s · %d %% · %,d read · %,.0f/s%s%n",
                    switch (pass) {
                        case DIRECTORY -> "patients and directory";
                        case VISITS -> "visits";
                        case RECORD -> "record";
                        case DEFERRED -> "late references";
                    },
                    (int) (share * 100),
                    soFar.read(),
                    seconds == 0 ? 0 : soFar.read() / seconds,
                    left < 0 ? "" : " · about " + left / 60 + " min " + left % 60 + " s left");
        }

        void end() {
            if (said) {
                err.println("import: written");
            }
        }
    }

    private void json(UUID run, int files, Tally tally, double seconds, PrintStream out) {
        // Generated piece by piece: a run may have more problems than memory.
        try (JsonGenerator json = Fhir.JSON.createGenerator(new NotClosed(out))) {
            json.writeStartObject();
            json.writeNumberProperty("files", files);
            six(json, tally, null);
            json.writeName("byType");
            json.writeStartObject();
            for (String type : tally.types()) {
                json.writeName(type);
                json.writeStartObject();
                six(json, tally, type);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeName("problems");
            json.writeStartArray();
            reading.executeWithoutResult(status -> runs.problems(run, problem -> {
                json.writeStartObject();
                json.writeStringProperty("file", problem.file());
                json.writeNumberProperty("entry", problem.entry());
                json.writeStringProperty("reason", problem.reason());
                json.writeEndObject();
            }));
            json.writeEndArray();
            json.writeNumberProperty("seconds", Math.round(seconds * 1000) / 1000.0);
            json.writeNumberProperty("perSecond", Math.round(tally.read() / Math.max(seconds, 0.001) * 10) / 10.0);
            json.writeEndObject();
        }
        out.println();
    }

    /** Standard output stays open when the generator is done. */
    private static final class NotClosed extends FilterOutputStream {
        private final PrintStream target;

        NotClosed(PrintStream target) {
            super(target);
            this.target = target;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            target.write(bytes, from, length);
        }

        @Override
        public void close() {
            target.flush();
        }
    }

    private static void six(JsonGenerator json, Tally tally, @Nullable String type) {
        json.writeNumberProperty("read", type == null ? tally.read() : tally.read(type));
        for (Fate fate : Fate.values()) {
            json.writeNumberProperty(
                    fate.name().toLowerCase(Locale.ROOT), type == null ? tally.count(fate) : tally.count(type, fate));
        }
    }

    private void table(UUID run, int files, Tally tally, double seconds, PrintStream out) {
        String line = "%-26s %10s %10s %10s %10s %10s %10s%n";
        out.printf(line, "", "read", "stored", "updated", "unchanged", "kept", "refused");
        for (String type : tally.types()) {
            row(out, type, tally, type);
        }
        row(out, "All", tally, null);
        long[] shown = new long[1];
        reading.executeWithoutResult(status -> runs.problems(run, problem -> {
            if (shown[0]++ < 50) {
                out.printf("%s, entry %d: %s%n", problem.file(), problem.entry(), problem.reason());
            }
        }));
        if (shown[0] > 50) {
            out.printf(Locale.ROOT, "… and %,d more; --json names them all%n", shown[0] - 50);
        }
        out.printf(
                Locale.ROOT,
                "%,d resources of %,d files in %.1f s: %,.0f per second%n",
                tally.read(),
                files,
                seconds,
                tally.read() / Math.max(seconds, 0.001));
    }

    private static void row(PrintStream out, String label, Tally tally, @Nullable String type) {
        out.printf(Locale.ROOT, "%-26s %,10d", label, type == null ? tally.read() : tally.read(type));
        for (Fate fate : Fate.values()) {
            out.printf(Locale.ROOT, " %,10d", type == null ? tally.count(fate) : tally.count(type, fate));
        }
        out.println();
    }
}
