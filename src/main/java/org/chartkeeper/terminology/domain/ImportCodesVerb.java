package org.chartkeeper.terminology.domain;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.chartkeeper.platform.CommandLineVerb;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.terminology.CodeSets;
import org.chartkeeper.terminology.CodeSets.FileReport;
import org.chartkeeper.terminology.CodeSets.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code import codes PATH… [--from DATE] [--json]}. */
@Component
class ImportCodesVerb implements CommandLineVerb {

    private static final int WRONG_USAGE = 2;

    private final CodeSets codeSets;
    private final CurrentActor actors;
    private final JsonMapper json = JsonMapper.builder().build();

    ImportCodesVerb(CodeSets codeSets, CurrentActor actors) {
        this.codeSets = codeSets;
        this.actors = actors;
    }

    @Override
    public String words() {
        return "import codes";
    }

    @Override
    public String usage() {
        return "import codes PATH… [--from DATE] [--json]";
    }

    /** What was asked for. */
    private record Request(List<Path> paths, @Nullable LocalDate from, boolean json) {}

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
        Request request = parse(arguments, err);
        if (request == null) {
            return WRONG_USAGE;
        }
        long begun = System.nanoTime();
        List<FileReport> reports = actors.asSystem(FacilityId.next(), () -> {
            try {
                return codeSets.load(request.paths(), request.from(), report -> tell(report, err));
            } catch (java.io.IOException fault) {
                throw new java.io.UncheckedIOException(fault);
            }
        });
        if (request.json()) {
            out.println(json(reports));
        } else {
            table(reports, out);
            out.printf(Locale.ROOT, "%d files in %.1f s%n", reports.size(), (System.nanoTime() - begun) / 1e9);
        }
        return reports.stream().anyMatch(report -> report.status() == Status.REFUSED) ? 1 : 0;
    }

    private static @Nullable Request parse(List<String> arguments, PrintStream err) {
        List<Path> paths = new ArrayList<>();
        LocalDate from = null;
        boolean json = false;
        boolean options = true;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (options && argument.equals("--")) {
                options = false;
            } else if (options && argument.equals("--json")) {
                json = true;
            } else if (options && (argument.equals("--from") || argument.startsWith("--from="))) {
                String day = argument.length() > 7 ? argument.substring(7) : rest.hasNext() ? rest.next() : "";
                try {
                    from = LocalDate.parse(day);
                } catch (DateTimeException wrong) {
                    err.println("--from needs a day such as 2026-10-01, not \"" + day + "\"");
                    return null;
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
        return new Request(List.copyOf(paths), from, json);
    }

    private static void tell(FileReport report, PrintStream err) {
        err.println("codes: " + report.file() + " · " + report.status().name().toLowerCase(Locale.ROOT));
    }

    private String json(List<FileReport> reports) {
        ObjectNode root = json.createObjectNode();
        ArrayNode files = root.putArray("files");
        for (FileReport report : reports) {
            ObjectNode file = files.addObject();
            file.put("file", report.file());
            file.put("system", report.system());
            file.put("release", report.release());
            LocalDate from = report.from();
            file.put("from", from == null ? null : from.toString());
            file.put("status", report.status().name().toLowerCase(Locale.ROOT));
            file.put("rows", report.rows());
            file.put("billable", report.billable());
            file.put("added", report.added());
            file.put("revised", report.revised());
            file.put("ended", report.ended());
            file.put("reason", report.reason());
        }
        return json.writeValueAsString(root);
    }

    private static void table(List<FileReport> reports, PrintStream out) {
        for (FileReport report : reports) {
            String system = report.system();
            out.printf(
                    Locale.ROOT,
                    "%-9s  %-24s %-24s %,9d rows  +%d ~%d -%d  %s%n",
                    report.status().name().toLowerCase(Locale.ROOT),
                    system == null ? "" : system,
                    report.release() == null ? "" : report.release(),
                    report.rows(),
                    report.added(),
                    report.revised(),
                    report.ended(),
                    report.file());
            if (report.reason() != null) {
                out.println("           " + report.reason());
            }
        }
    }
}
