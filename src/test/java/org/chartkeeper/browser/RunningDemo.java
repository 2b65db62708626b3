package org.chartkeeper.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chartkeeper.testing.ChildProcess;

/** The demo as a newcomer starts it: an own process, an empty data directory, a free port. */
final class RunningDemo implements AutoCloseable {

    static final String PASSWORD = "a password for the browser tests";

    private static final Pattern READY = Pattern.compile("ready at (http://\\S+?)/?$");

    private final Path data;
    private final ChildProcess process;
    private final String address;

    private RunningDemo(Path data, ChildProcess process, String address) {
        this.data = data;
        this.process = process;
        this.address = address;
    }

    static RunningDemo start() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("chartkeeper-browser");
        ChildProcess process = ChildProcess.application(
                "--spring.profiles.active=demo",
                "--server.port=0",
                "--chartkeeper.data-dir=" + data,
                "--chartkeeper.demo.password=" + PASSWORD);
        try {
            process.await(line -> READY.matcher(line).find(), 600);
        } catch (AssertionError | InterruptedException e) {
            process.close();
            throw e;
        }
        String address = process.lines().stream()
                .map(READY::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow();
        return new RunningDemo(data, process, address);
    }

    /** Where it answers, without a slash at the end. */
    String address() {
        return address;
    }

    /** What it has written, such as reports of its content security policy. */
    List<String> log() {
        return process.lines();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.terminate();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
