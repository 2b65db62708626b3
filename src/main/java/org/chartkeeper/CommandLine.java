package org.chartkeeper;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chartkeeper.platform.CommandLineVerb;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The command line, read. Options with a dot in their name are settings ({@code --server.port=80}) and may stand
 * anywhere; every other argument belongs to the verb.
 *
 * @param verb its words, {@code serve} where none is given
 * @param arguments what follows the verb's words
 * @param settings for Spring
 */
record CommandLine(String verb, List<String> arguments, List<String> settings) {

    /** What a verb's context is told apart by from a server's. */
    static final String COMMAND_LINE = "chartkeeper.command-line";

    private static final Logger log = LoggerFactory.getLogger(CommandLine.class);
    private static final Pattern SETTING = Pattern.compile("--[A-Za-z][\\w-]*\\.[^=]*(=.*)?", Pattern.DOTALL);
    private static final List<String> HELP = List.of("help", "--help", "-h");
    private static final String SERVE = "serve";
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;

    CommandLine {
        arguments = List.copyOf(arguments);
        settings = List.copyOf(settings);
    }

    /** Reads the arguments; empty where they name no verb that there is. */
    static Optional<CommandLine> read(String... args) {
        List<String> settings = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String argument : args) {
            (SETTING.matcher(argument).matches() ? settings : words).add(argument);
        }
        if (words.isEmpty()) {
            return Optional.of(new CommandLine(SERVE, List.of(), settings));
        }
        for (String verb : verbs()) {
            List<String> name = List.of(verb.split(" "));
            if (words.size() >= name.size() && words.subList(0, name.size()).equals(name)) {
                return Optional.of(new CommandLine(verb, words.subList(name.size(), words.size()), settings));
            }
        }
        return Optional.empty();
    }

    /** The words of every verb, longest first, as the usage text has them before two spaces. */
    static List<String> verbs() {
        return usage().lines()
                .filter(line -> line.startsWith("  ") && !line.startsWith("   "))
                .map(line -> line.strip().replaceFirst("(\\s+[A-Z\\[-]| {2}).*", ""))
                .filter(words -> !words.isEmpty())
                .sorted((one, other) -> other.length() - one.length())
                .toList();
    }

    static void run(String... args) {
        PrintStream out = System.out;
        if (List.of(args).stream().anyMatch(HELP::contains)) {
            out.print(usage());
            return;
        }
        Optional<CommandLine> read = read(args);
        if (read.isEmpty()) {
            System.err.println("chartkeeper: there is no such command: " + String.join(" ", args));
            System.err.print(usage());
            System.exit(WRONG_USAGE);
        } else if (!read.get().verb.equals(SERVE)) {
            // Standard output holds the verb's answer and nothing else: banner and log go to standard error.
            System.setOut(System.err);
            int status = read.get().perform(out);
            out.flush();
            System.exit(status);
        } else if (!read.get().arguments.isEmpty()) {
            System.err.println("chartkeeper: serve takes settings only, not "
                    + read.get().arguments.get(0));
            System.err.print(usage());
            System.exit(WRONG_USAGE);
        } else {
            SpringApplication.run(
                    ChartkeeperApplication.class, read.get().settings.toArray(String[]::new));
        }
    }

    private int perform(PrintStream out) {
        // Lazily: what only a server needs is not made.
        SpringApplicationBuilder application = new SpringApplicationBuilder(ChartkeeperApplication.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .properties(COMMAND_LINE + "=true");
        ConfigurableApplicationContext started;
        try {
            started = application.run(settings.toArray(String[]::new));
        } catch (RuntimeException reported) {
            // Spring Boot has said already what is wrong and what to do about it.
            return REFUSED;
        }
        try (ConfigurableApplicationContext context = started) {
            CommandLineVerb found = context.getBeanProvider(CommandLineVerb.class).stream()
                    .filter(candidate -> candidate.words().equals(verb))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing implements " + verb));
            int status = found.run(arguments, out, System.err);
            if (status == WRONG_USAGE) {
                System.err.println("usage: " + found.usage());
            }
            return status;
        } catch (Exception fault) {
            log.error("{} failed", verb, fault);
            return REFUSED;
        }
    }

    static String usage() {
        try (InputStream text = CommandLine.class.getResourceAsStream("/usage.txt")) {
            return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
